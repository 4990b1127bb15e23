"""The command line: `technical-trader COMMAND`. Results go to stdout, all else to stderr, exit codes as documented.

Commands import what they need when they run, so that `--help` and `check` start in a moment.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence

import click

from pipeline import __version__
from pipeline.commands.console import tell
from pipeline.commands.produce import run, serve, snapshot, write
from pipeline.commands.read import check, facts, rules
from pipeline.errors import TechnicalTraderError

DEBUG = "TECHNICAL_TRADER_DEBUG"
INTERRUPTED = 130
CLOSED_PIPE = 141
DISK = 2
_DISK_TROUBLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS)
DEFECT = 70


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(version)s")
@click.option("--debug", is_flag=True, envvar=DEBUG, help="Show the traceback of an error.")
def cli(debug: bool) -> None:
    """Market articles in which every statement is proved by the bars.

    Settings come from technical-trader.toml in the working folder, then TECHNICAL_TRADER_* variables, then options.

    Exit codes: 0 an accepted article is on disk; 1 rejected by the checker; 2 the request, its input or the disk is
    wrong; 3 a source or model could not be reached; 4 held for a person; 70 a defect of the program.
    """


for command in (write, run, snapshot, facts, check, rules, serve):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit. Errors become one message on stderr and the exit code of the contract."""
    sys.exit(_outcome(arguments))


def _outcome(arguments: Sequence[str] | None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given or os.environ.get(DEBUG, "") not in ("", "0")
    try:
        with cli.make_context("technical-trader", given) as context:
            code = cli.invoke(context)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        tell("interrupted; nothing was published")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    except Exception as error:
        if debug:
            traceback.print_exc()
        return _told(error)


def _told(error: Exception) -> int:
    """Print the message of an error and give its exit code."""
    if isinstance(error, TechnicalTraderError):
        tell(f"technical-trader: {error}")
        return error.exit_code
    if isinstance(error, OSError) and error.filename is not None:
        tell(f"technical-trader: {error.filename} cannot be used: {error.strerror}. Mend it or name another place.")
        return DISK
    if isinstance(error, OSError) and error.errno in _DISK_TROUBLE:
        tell(f"technical-trader: the result could not be printed: {error.strerror}. Make room or print elsewhere.")
        return DISK
    tell(f"technical-trader: a defect stopped the run: {type(error).__name__}: {error}. Report it, with what "
         f"{DEBUG}=1 shows.")  # fmt: skip
    return DEFECT


if __name__ == "__main__":
    main()
