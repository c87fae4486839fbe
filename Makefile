# Thin aliases; everything is in portal.py.
.PHONY: run test lint bench css lock audit
run:
	python3 portal.py run
test:
	python3 portal.py test
lint:
	python3 portal.py test lint
bench:
	python3 portal.py bench
css:
	npm run css
# Read the diff of the locks before committing it: a resolver may fall back years without a word.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header requirements.txt -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header requirements-dev.txt -o requirements-dev.lock
# Needs the advisory service on the network, so it is no part of the tests.
audit:
	uvx pip-audit --strict --require-hashes -r requirements.lock
