"""An installation as it is deployed: PostgreSQL, gunicorn and nginx as processes.

The server's own files of `deploy/` are used. What a test's machine cannot give is put
in their place: addresses, certificate, the folder of pages, and shorter patience where
a test says so.
"""

import http.client
import os
import re
import socket
import ssl
import subprocess
import sys
import time
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from tests.config.installations import ROOT, production, run_manage

HOST = "dangjian.example.gov.cn"
ADDRESS = "127.0.0.77"  # on which nginx listens, with the ports of a real one
FIELD = re.compile(r'name="(?P<name>[^"]+)"[^>]*?value="(?P<value>[^"]*)"')
PATIENCE = 120
MAIN = """
user root;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  include /etc/nginx/mime.types;
  access_log {folder}/access.log;
  client_body_temp_path {folder}/bodies;
  proxy_temp_path {folder}/answers;
  include {folder}/jiedao.conf;
}}
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def production_python(folder):
    """Return a Python with the libraries of production, gunicorn among them.

    Without one named in PRODUCTION_PYTHON it is made as the guide says, which needs a
    network.
    """
    if named := os.environ.get("PRODUCTION_PYTHON"):
        return named
    made = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", made], check=True)  # noqa: S603
    install = ("install", "--quiet", "--require-hashes", "--only-binary", ":all:")
    subprocess.run(  # noqa: S603 -- our own lock file
        [
            *(made / "bin" / "python", "-m", "pip", *install),
            *("--no-deps", "-r", ROOT / "requirements" / "prod.txt"),
        ],
        check=True,
    )
    return made / "bin" / "python"


class Served:
    """The processes of one installation over a database."""

    def __init__(self, folder, database, **patience):
        self.folder, self.port = folder, free_port()
        self.environment = production() | {
            "ALLOWED_HOSTS": HOST,
            "DATABASE_URL": database,
            "FILES_DIR": str(folder / "files"),
            "TRUSTED_PROXIES": "1",
        }
        self.patience = patience
        self.processes = []

    def start(self):
        collected = run_manage(
            "collectstatic", "--noinput", "--verbosity", "0", **self.environment
        )
        assert collected.returncode == 0, collected.stderr
        config = ("--config", "deploy/gunicorn.conf.py")
        bind = ("--bind", f"127.0.0.1:{self.port}")
        program = (production_python(self.folder), "-m", "gunicorn")
        self.spawn("gunicorn", *program, *config, *bind, "config.wsgi")
        self.write_nginx()
        self.spawn(
            "nginx",
            *("/usr/sbin/nginx", "-c", self.folder / "nginx.conf", "-g", "daemon off;"),
        )
        until = time.monotonic() + PATIENCE
        while not self.answers():
            said = self.log("gunicorn") + self.log("nginx")
            assert [p.poll() for p in self.processes] == [None, None], said
            assert time.monotonic() < until, said
            time.sleep(0.2)

    def spawn(self, name, *command):
        with (self.folder / f"{name}.log").open("wb") as log:
            kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG")}
            process = subprocess.Popen(  # noqa: S603 -- our own programs
                list(map(str, command)),
                cwd=ROOT,
                env={**kept, **self.environment},
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)

    def write_nginx(self):
        for suffix in ("pem", "key"):
            (self.folder / f"jiedao.{suffix}").touch()
        subprocess.run(  # noqa: S603 -- one of the server's own programs
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
                *("-days", "2", "-subj", f"/CN={HOST}"),
                *("-keyout", self.folder / "jiedao.key"),
                *("-out", self.folder / "jiedao.pem"),
            ],
            check=True,
            capture_output=True,
        )
        text = (ROOT / "deploy" / "nginx.conf").read_text()
        for ours, theirs in {
            "listen 80;": f"listen {ADDRESS}:80;",
            "listen 80 default": f"listen {ADDRESS}:80 default",
            "listen 443 ssl default": f"listen {ADDRESS}:443 ssl default",
            "listen 443 ssl;": f"listen {ADDRESS}:443 ssl;",
            "/etc/ssl/": f"{self.folder}/",
            "http://127.0.0.1:8000": f"http://127.0.0.1:{self.port}",
            "/usr/share/jiedao/pages": f"{ROOT}/deploy/pages",
            **self.patience,
        }.items():
            assert ours in text, ours
            text = text.replace(ours, theirs)
        (self.folder / "jiedao.conf").write_text(text)
        (self.folder / "nginx.conf").write_text(MAIN.format(folder=self.folder))

    def answers(self):
        try:
            return Visitor().ask("/healthz").status == http.client.OK
        except OSError:
            return False

    def log(self, name):
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class Answer:
    """Status, headers and text of an answer, read to its end."""

    def __init__(self, response):
        self.status, self.headers = response.status, response.headers
        self.text = response.read().decode(errors="replace")

    @property
    def retry_after(self):
        return self.headers.get("Retry-After")


class Visitor:
    """Somebody with a browser's cookies, at an address of the machine's own."""

    def __init__(self, address="127.0.0.1", **headers):
        self.address, self.cookies, self.headers = address, {}, headers
        self.context = ssl.create_default_context()
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE

    def connect(self, timeout=PATIENCE):
        return http.client.HTTPSConnection(
            ADDRESS,
            timeout=timeout,
            source_address=(self.address, 0),
            context=self.context,
        )

    def ask(self, path, data=None, **headers):
        """Ask for a page, or send a form; redirects are left as they are."""
        link = self.connect()
        body = None if data is None else urlencode(data, doseq=True)
        sent = self.told(path) | headers
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            link.request("GET" if body is None else "POST", path, body, sent)
            answer = Answer(link.getresponse())
        finally:
            link.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _equals, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def told(self, path):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "Host": HOST,
            "Referer": f"https://{HOST}{path}",
            "Accept-Language": "zh-CN",
            **({"Cookie": cookies} if cookies else {}),
            **self.headers,
        }

    def fields_of(self, path):
        """Return what stands in the hidden fields of a page's forms."""
        text = self.ask(path).text
        return {m["name"]: unescape(m["value"]) for m in FIELD.finditer(text)}

    def sign_in(self, username, password):
        known = self.fields_of("/sign-in/")
        return self.ask(
            "/sign-in/",
            {**known, "username": username, "password": password},
        )


def folder_of(tmp_path):
    """Return a folder that processes of other users may enter."""
    folder = Path(tmp_path) / "served"
    folder.mkdir()
    return folder
