FROM python:3.11-slim

RUN useradd --create-home downhill
WORKDIR /home/downhill/lab
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY --chown=downhill . .
RUN chown downhill .

USER downhill
# Kernels are compiled and Plotly is packed here, so that the first page does not wait.
RUN python -c "from app.__main__ import warm; warm()" && python -c "from app.main import build; build()"

EXPOSE 8000
HEALTHCHECK CMD python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz')"
CMD ["python", "-m", "app", "--host", "0.0.0.0"]
