# One image; docker-compose.yml says which of web, worker and beat a container is.
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN useradd --create-home --uid 10001 table && mkdir /app/var /app/keys && chown table /app/var /app/keys

COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes -r requirements/base.txt

COPY . .
# Static files are the same for everybody; the secrets of this one step are thrown away.
RUN DEMO=on SECRET_KEY=build SELFWORK_KEYS=build python manage.py collectstatic --no-input \
    && rm -rf var/cache var/broker && chown -R table var

USER table
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4"]
