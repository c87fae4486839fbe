#!/usr/bin/env python3
"""The one entrance: `python3 portal.py run`, `python3 portal.py test`,
`python3 portal.py bench`, `python3 portal.py drill`.

Standard library only. This file must parse on any Python 3, so that an old one gets a sentence
instead of a syntax error; everything newer stands in tools/.
"""

import argparse
import sys

OLDEST = (3, 11)

if sys.version_info[:2] < OLDEST:
    sys.stderr.write(
        "Portal ini memerlukan Python %d.%d atau lebih baru, sedangkan perintah ini dijalankan dengan "
        "Python %d.%d; pasang versi yang lebih baru lalu jalankan lagi, misalnya: python3.11 portal.py run\n"
        % (OLDEST + sys.version_info[:2])
    )
    sys.exit(2)

from tools import bench, lanes, run
from tools.stop import Stop

HELP = """\
Portal PUG: the working portal of a city's gender-mainstreaming group and its SERUNI service.

python3 portal.py run
    Prepares everything this folder needs (on the first run also demonstration data), starts the
    portal on http://127.0.0.1:8000/ and prints the demonstration accounts. Ctrl-C ends it.
      --port 8010        another port
      --no-demo          an empty portal with reference data; asks for the first administrator
      --address ADDRESS  another address; refused unless .env declares a buffering proxy
                         (TRUSTED_PROXY_COUNT of 1 or more)

python3 portal.py test
    Runs all lanes: lint, sqlite, postgresql, browser. Name lanes to run only those, for example
    `python3 portal.py test lint sqlite`. A lane that cannot run says why; with CI=true that is an error.
      -k WORDS           only the tests whose names match

python3 portal.py bench
    Runs the measurements; everything after the word goes to them, for example `portal.py bench --help`.

python3 portal.py drill
    Eight clients send first cards while the server is killed five times without warning; afterwards
    nothing acknowledged may be missing and nothing doubled, on both engines. `portal.py drill --help`.
"""

PASSED_ON = ("bench", "drill")  # acts that read their own options


def parse(words):
    """Return the chosen act with its options; the help text is ours because it speaks in sentences."""
    if words and words[0] in PASSED_ON:
        return argparse.Namespace(act=words[0], rest=words[1:])
    if not words or words[0] == "help" or {"-h", "--help"} & set(words):
        print(HELP)
        sys.exit(0)
    parser = argparse.ArgumentParser(prog="portal.py", usage="python3 portal.py {run,test,bench,drill}")
    acts = parser.add_subparsers(dest="act", required=True)
    start = acts.add_parser("run")
    start.add_argument("--port", type=int, default=8000)
    start.add_argument("--address", default="127.0.0.1")
    start.add_argument("--no-demo", action="store_true")
    check = acts.add_parser("test")
    check.add_argument("lanes", nargs="*", default=[])
    check.add_argument("-k", dest="words", default="")
    return parser.parse_args(words)


def main(words):
    """Do what the words ask and return the exit code; a Stop is one sentence and code 2."""
    chosen = parse(words)
    try:
        if chosen.act == "run":
            return run.run(port=chosen.port, address=chosen.address, demo=not chosen.no_demo)
        if chosen.act == "test":
            return lanes.test(chosen.lanes, words=chosen.words)
        return (bench.drill if chosen.act == "drill" else bench.bench)(chosen.rest)
    except Stop as sentence:
        print(sentence, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
