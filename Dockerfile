# Two stages: what installs and compiles stays behind; what runs is a Python, its packages and this project.
FROM python:3.11-slim AS build
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev
RUN python -m pip install "uv>=0.13"
WORKDIR /opt/thoracic
RUN python -m venv --without-pip .venv
COPY pyproject.toml requirements.lock ./
# Every version and hash of the lock is verified; the groups for drawing, tests and checks stay out.
RUN uv pip install --python .venv/bin/python --compile-bytecode \
    --constraints requirements.lock --requirements pyproject.toml --all-extras
RUN uv pip install --python .venv/bin/python --target compiler --constraints requirements.lock --group compile
# The search for a session as native code from the very same source: several times as quick.
WORKDIR /opt/thoracic/native
COPY app app
RUN PYTHONPATH=../compiler ../.venv/bin/python -m mypyc app/sessions/ordering/*.py app/sessions/solver/*.py && rm -rf build .mypy_cache

FROM python:3.11-slim
LABEL org.opencontainers.image.title="Thoracic Mobility API" \
      org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-4.0"
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin thoracic
RUN mkdir /data && chown thoracic:thoracic /data
WORKDIR /opt/thoracic
COPY --from=build /opt/thoracic/.venv .venv
COPY pyproject.toml LICENSE README.md ./
COPY migrations migrations
COPY seed seed
COPY openapi/openapi.json openapi/
COPY --from=build /opt/thoracic/native ./
# Made here, because the user that serves may write nothing but the data.
RUN .venv/bin/python -m compileall -q app migrations
ENV THORACIC_HOST=0.0.0.0 \
    THORACIC_PORT=8000 \
    THORACIC_DATA_DIR=/data
USER thoracic
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=30s CMD [".venv/bin/python", "-c", "import http.client as h, os, sys; c = h.HTTPConnection('127.0.0.1', int(os.environ['THORACIC_PORT']), timeout=2); c.request('GET', '/healthz'); sys.exit(c.getresponse().status != 200)"]
CMD [".venv/bin/python", "-m", "app", "serve"]
