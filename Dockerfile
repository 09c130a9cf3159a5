# The service in an image: built in one stage, run as nobody in particular in another.
# Nothing is written outside /data, so the container may have a read-only file system.
FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 WORKATLAS_REQUIRE_IDE=1
RUN python -m venv /opt/workatlas
ENV PATH=/opt/workatlas/bin:$PATH
COPY requirements.txt /tmp/
RUN pip install --no-deps --require-hashes --only-binary=:all: -r /tmp/requirements.txt
COPY . /src
RUN pip install --no-deps /src \
    && workatlas --help > /dev/null

FROM python:3.12-slim
LABEL org.opencontainers.image.title="WorkAtlas" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --uid 10001 --user-group --no-create-home workatlas \
    && install --directory --owner=workatlas --group=workatlas /data
COPY --from=build /opt/workatlas /opt/workatlas
ENV PATH=/opt/workatlas/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WORKATLAS_ARCHIVE=/data/archive \
    WORKATLAS_HOST=0.0.0.0 \
    WORKATLAS_LOG_FORMAT=json \
    WORKATLAS_PORT=8000 \
    WORKATLAS_STORE=/data/graph
WORKDIR /data
USER workatlas
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['WORKATLAS_PORT']}/healthz\", timeout=2)"]
ENTRYPOINT ["workatlas"]
CMD ["serve"]
