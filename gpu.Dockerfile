# syntax=docker/dockerfile:1
# One image for the API and the workers.
#   docker build -f gpu.Dockerfile -t riac .                                with CUDA
#   docker build -f gpu.Dockerfile -t riac --build-arg REQUIREMENTS=serve . without
# CUDA and cuDNN are among the locked packages, so nothing of the base image's has to fit them;
# the host needs NVIDIA's driver and container toolkit.

FROM node:20-bookworm-slim AS page
WORKDIR /build
COPY serve/ui/package.json serve/ui/package-lock.json serve/ui/.npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY serve/ui ./
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
ARG REQUIREMENTS=gpu
WORKDIR /app
COPY requirements/${REQUIREMENTS}.txt /tmp/requirements.txt
RUN python -m venv /opt/riac \
  && /opt/riac/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.txt
COPY pyproject.toml README.md hatch_build.py ./
COPY riac riac
COPY models models
COPY image_library image_library
COPY training training
COPY serve serve
RUN /opt/riac/bin/pip install --no-cache-dir --no-deps --editable .

FROM python:3.11-slim-bookworm
RUN useradd --system --create-home --home-dir /var/lib/riac --uid 10001 riac
COPY --from=packages /opt/riac /opt/riac
COPY --from=packages /app /app
COPY --from=page /build/dist /app/serve/ui/dist
ENV PATH=/opt/riac/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    NUMBA_CACHE_DIR=/var/lib/riac/numba \
    RIAC_DATA_DIR=/var/lib/riac/data \
    RIAC_HOST=0.0.0.0 \
    RIAC_PORT=8000
WORKDIR /app
USER 10001
VOLUME /var/lib/riac
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['RIAC_PORT'] + '/health', timeout=4)"]
ENTRYPOINT ["riac"]
CMD ["serve"]
