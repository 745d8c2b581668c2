"""Command lines."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.errors import ResponseError
from quizdock.core.forms import Command, Option, Verdict

LAW = settings(deadline=None, derandomize=True, max_examples=200)

RUN = Command(
    ("docker run -it --rm -p 8080:80 --name web nginx", "docker container run x"),
    (Option("docker run -d nginx", why="-d leaves you without its terminal."), Option("docker start nginx")),
    ("-p", "--name"),
)


@pytest.mark.parametrize(
    "typed",
    [
        "docker run -it --rm -p 8080:80 --name web nginx",
        "  docker   run -it --rm -p 8080:80 --name web\tnginx ",
        "docker run -it --rm -p '8080:80' --name \"web\" nginx",
        "docker\u00a0run -it --rm -p\u202f8080:80 --name web nginx",
        "docker container run x",
        "docker contain'er' run \\x",
    ],
)
def test_quotes_and_spaces_do_not_count_and_any_accepted_line_is_right(typed: str) -> None:
    assert RUN.mark(typed) == Verdict(1.0)


@pytest.mark.parametrize(
    "typed",
    [
        "docker run --rm -it --name web -p 8080:80 nginx",
        "docker run -ti --rm -p 8080:80 --name web nginx",
        "docker run -i -t --rm -p 8080:80 --name web nginx",
        "docker run -t --rm -i -p 8080:80 --name web nginx",
    ],
)
def test_the_order_of_neighbouring_options_does_not_count(typed: str) -> None:
    assert RUN.mark(typed) == Verdict(1.0)


@pytest.mark.parametrize(
    "typed",
    [
        "docker run -it --rm -p 8080:80 --name=web nginx",
        "docker run -it --rm -p8080:80 --name web nginx",
        "docker run -it --rm -p=8080:80 --name web nginx",
        "docker run --rm -itp 8080:80 --name web nginx",
        "docker run --rm --name=web -it -p 8080:80 nginx",
    ],
)
def test_a_value_may_stand_behind_its_option_in_any_way(typed: str) -> None:
    assert RUN.mark(typed) == Verdict(1.0)


@pytest.mark.parametrize(
    "typed",
    [
        "Docker run -it --rm -p 8080:80 --name web nginx",
        "docker run -It --rm -p 8080:80 --name web nginx",
        "docker run -it --rm -P 8080:80 --name web nginx",
        "docker run -it --rm -p 8080:80 --name Web nginx",
        "dokcer run -it --rm -p 8080:80 --name web nginx",
        "docker run -it -it --rm -p 8080:80 --name web nginx",
        "docker run -i --rm -p 8080:80 --name web nginx",
        "docker run -it --rm -p 80:8080 --name web nginx",
        "docker run -it --rm --name -p 8080:80 web nginx",
        "docker run -it --rm -p --name web nginx",
        "docker run nginx -it --rm -p 8080:80 --name web",
        "docker run –it --rm -p 8080:80 --name web nginx",
        "docker run -it --rm -p “8080:80” --name web nginx",
        "docker run -it --rm -p 8080:80 --name web nginx # in front",
        "docker run -it --rm -p 8080:80 --name web nginx;",
        "docker container run",
        "docker container run x x",
        "docker container 'run x'",
        "",
        "   ",
        "#",
    ],
)
def test_every_sign_counts_and_nothing_else_is_forgiven(typed: str) -> None:
    assert RUN.mark(typed) == Verdict(0.0)


@pytest.mark.parametrize(
    ("right", "typed", "credit"),
    [
        ("kill -15 1", "kill -51 1", 0.0),
        ("head -n5 f", "head -5n f", 0.0),
        ("git log --oneline --all", "git log --all --oneline", 1.0),
        ("git checkout -- -f", "git checkout -f --", 0.0),
        ("rm -r -- -a -b", "rm -r -- -b -a", 0.0),
        ("rm -rf -- -a", "rm -fr -- -a", 1.0),
        ("cat - -n", "cat -n -", 0.0),
        ("ls -vv", "ls -v", 0.0),
        ("ls -vv", "ls -v -v", 1.0),
    ],
)
def test_figures_are_no_letters_and_behind_two_hyphens_there_are_no_options(
    right: str, typed: str, credit: float
) -> None:
    assert Command((right,)).mark(typed).credit == credit


def test_without_being_told_so_no_option_takes_a_value() -> None:
    task = Command(("docker run -p 80:80 -d nginx",))
    assert task.mark("docker run -d -p 80:80 nginx") == Verdict(0.0)
    assert Command(task.accepted, valued=("-p",)).mark("docker run -d -p 80:80 nginx") == Verdict(1.0)


def test_an_option_that_takes_a_value_may_lack_it() -> None:
    assert Command(("docker run -p",), valued=("-p",)).mark("docker run -p") == Verdict(1.0)


@pytest.mark.parametrize("typed", ["docker run -d nginx", "docker  run '-d' nginx"])
def test_a_listed_wrong_line_is_wrong_and_says_why(typed: str) -> None:
    assert RUN.mark(typed) == Verdict(0.0, why="-d leaves you without its terminal.")
    assert RUN.mark("docker start nginx") == Verdict(0.0)


@pytest.mark.parametrize("typed", ["docker 'run", 'docker "run', "docker run \\"])
def test_a_line_that_a_shell_would_not_end_is_asked_again(typed: str) -> None:
    with pytest.raises(ResponseError) as raised:
        RUN.mark(typed)
    assert str(raised.value) == "a quote is not closed, or a \\ ends the line"


def test_what_was_given_is_the_typed_line_without_its_ends() -> None:
    assert RUN.given("  docker  ps \n") == "docker  ps"
    assert RUN.answer == "docker run -it --rm -p 8080:80 --name web nginx"
    assert RUN.choices == ()
    assert RUN.arranged("1") == RUN


@pytest.mark.parametrize("response", [None, True, 0, 1.5, [], ["docker ps"], {}])
def test_anything_but_a_text_is_refused(response: object) -> None:
    with pytest.raises(ResponseError, match=r"^answer with a text$"):
        RUN.mark(response)
    with pytest.raises(ResponseError):
        RUN.given(response)


@pytest.mark.parametrize("line", ["x" * 100_000, "-" * 100_000, "' " * 50_000])
def test_a_line_of_more_than_2000_characters_is_refused_at_once(line: str) -> None:
    started = time.perf_counter()
    assert RUN.mark(line[:2000]).credit == 0.0
    with pytest.raises(ResponseError, match=r"^that is too long: 2000 characters at most$"):
        RUN.mark(line)
    assert time.perf_counter() - started < 1


def test_data_gives_the_task_back() -> None:
    data = [["docker ps"], [["docker images", 0, "That lists images."]], ["-p"]]
    task = Command(("docker ps",), (Option("docker images", why="That lists images."),), ("-p",))
    assert task.as_data() == data
    assert Command.from_data(data) == task


words = st.lists(
    st.sampled_from(["-i", "-t", "-it", "--rm", "-p", "80:80", "--name=web", "web", "--", "-"]), max_size=6
)


@LAW
@given(words, words)
def test_words_that_differ_otherwise_than_in_options_are_never_the_same_line(one: list[str], other: list[str]) -> None:
    """Words that are no options, and their order, always count."""
    plain = [[word for word in line if not word.startswith("-")] for line in (one, other)]
    if plain[0] != plain[1]:
        assert not Command((" ".join(one),)).mark(" ".join(other)).right


@LAW
@given(st.permutations(["-i", "-t", "--rm", "-p 80:80", "--name=web", "-v /a:/b"]))
def test_options_in_any_order_are_the_same_line(options: list[str]) -> None:
    task = Command(("docker run -it --rm -p 80:80 --name web -v /a:/b nginx",), valued=("-p", "--name", "-v"))
    assert task.mark(f"docker run {' '.join(options)} nginx").right
