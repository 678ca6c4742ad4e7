"""The parser of the command line: argparse, but in the chosen language and with nearest names.

argparse has words of its own, in English. Those that this program's options can bring forth are
said here instead, so that help and errors come in one language. What the language is has to be
known before the words are parsed: :func:`asked_language` looks for it first.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn

from visualizer.errors import UnknownNameError, UsageError, nearest
from visualizer.language import ENGLISH, language_tag
from visualizer.texts import N_, tr

__all__ = ["Parser", "add_language", "asked_language", "required"]

# What the options with fixed choices choose between, by argparse's name for them.
_KINDS = {
    "command": N_("command"),
    "format": N_("format"),
    "paper": N_("paper size"),
    "phase": N_("phase"),
    "side": N_("side"),
    "theme": N_("theme"),
    "view": N_("view"),
}


def asked_language(words: Sequence[str]) -> str:
    """Return the language that the words of a command line ask for, else English.

    Parameters
    ----------
    words : sequence of str
        The words after the program's name, right or wrong.
    """
    code = ENGLISH
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == "--":
            break
        name, equals, value = word.partition("=")
        # argparse takes the beginning of an option where it can mean no other; --la could
        if "--language".startswith(name) and len(name) > len("--la"):
            code = value if equals else following
    try:
        return language_tag(code)
    except ValueError:
        return ENGLISH  # what is wrong with it is said when all words are parsed


def add_language(parser: argparse.ArgumentParser, text: str, default: object) -> None:
    """Let a command take ``--language CODE``.

    Parameters
    ----------
    parser : argparse.ArgumentParser
        Of the command.
    text : str
        What the help says of it.
    default : object
        What stands for the code where none is given.
    """
    parser.add_argument("--language", type=_language, default=default, metavar="CODE", help=text)


def _language(text: str) -> str:
    try:
        return language_tag(text)
    except ValueError:
        raise UsageError(
            tr("{text!r} is not a language code; give one like de, de-AT or nds").format(text=text)
        ) from None


def required(names: str, command: str) -> UsageError:
    """Return the error that arguments are missing.

    Parameters
    ----------
    names : str
        Their names, with commas between them.
    command : str
        The command, with the program's name in front.
    """
    return UsageError(
        tr("the following arguments are required: {names} (see {command} --help)").format(
            names=names, command=command
        )
    )


class _Formatter(argparse.HelpFormatter):
    """Help whose own words are in the chosen language."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Begin with the usage."""
        super().add_usage(usage, actions, groups, tr("usage: ") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Raises instead of exiting, names the nearest command or option, speaks the chosen language.

    Parameters
    ----------
    **settings
        As of :class:`argparse.ArgumentParser`.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **settings)
        self._positionals.title, self._optionals.title = tr("arguments"), tr("options")
        self.add_argument("-h", "--help", action="help", help=tr("show this help and exit"))

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong.

        Parameters
        ----------
        message : str
            What argparse says of it, in English.

        Raises
        ------
        UsageError
            Always.
        """
        message = re.sub(r"^argument ", "", " ".join(message.split()))
        for pattern, say in _SAID:
            found = re.fullmatch(pattern, message)
            if found:
                raise say(self, *found.groups())
        raise UsageError(
            tr("{message} (see {command} --help)").format(message=message, command=self.prog)
        )

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            raise UnknownNameError(tr(_KINDS[action.dest]), str(value), action.choices)

    def _print_message(self, message: str, file: Any = None) -> None:
        # help and version; argparse itself would keep it to itself that they cannot be written
        if file is not None:
            file.write(message)

    def _like(self, word: str) -> str | None:
        """Return the option of this command or of those below it that is most like a word."""
        actions = list(self._actions)
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):
                for sub in action.choices.values():
                    actions += sub._actions
        return nearest(word, [o for a in actions for o in a.option_strings])


def _missing(parser: Parser, names: str) -> UsageError:
    return required(names, parser.prog)


def _unknown(parser: Parser, word: str) -> UsageError:
    like = parser._like(word)
    if like is None:
        return UsageError(tr("unknown argument {word!r}").format(word=word))
    return UsageError(
        tr("unknown argument {word!r}; did you mean {like}?").format(word=word, like=like)
    )


def _no_value(parser: Parser, option: str) -> UsageError:
    return UsageError(
        tr("{option} needs a value (see {command} --help)").format(
            option=option, command=parser.prog
        )
    )


def _needless_value(parser: Parser, option: str, value: str) -> UsageError:
    del parser
    return UsageError(
        tr("{option} takes no value; leave {value!r} out").format(option=option, value=value)
    )


def _ambiguous(parser: Parser, option: str, options: str) -> UsageError:
    del parser
    return UsageError(
        tr("{option!r} can mean {options}; write it out").format(option=option, options=options)
    )


# What argparse says in English, and what is said instead.
_SAID: Sequence[tuple[str, Callable[..., UsageError]]] = (
    (r"the following arguments are required: (.+)", _missing),
    (r"unrecognized arguments: (\S+).*", _unknown),
    (r"(\S+): expected (?:one|at least one) argument", _no_value),
    (r"(\S+): ignored explicit argument '(.*)'", _needless_value),
    (r"ambiguous option: (\S+) could match (.+)", _ambiguous),
)
