"""A class on one machine: a real JupyterHub on loopback, thirty users, each runs lesson 04 from top to bottom.

    .venv/bin/python tests/load/hub.py                     30 users who log in within two minutes
    .venv/bin/python tests/load/hub.py --users 5 --within 10

Needs npm and, for its own environment, the internet once. It is no part of `python3 -m helpers test`. A user does what a
browser does: log in, start a server, open a kernel, send the lesson's cells one after the other and wait for each, with a
guess of their own. The run is bounded (`--limit` seconds, at most 100 users), talks to 127.0.0.1 only, stops by itself and
removes its folder, unless `--folder` names one to use again.
"""

import argparse
import asyncio
import json
import os
import re
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import httpx
import nbformat
import psutil
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

ROOT = Path(__file__).resolve().parents[2]
LESSON = "notebooks/04_famine.ipynb"
HUB = "jupyterhub==6.1.1"
PROXY = "configurable-http-proxy@5.3.0"
GUESS = 'guess("04 deaths", ...'
MOST_USERS = 100
START_LIMIT, CELL_LIMIT = 300, 120  # seconds

CONFIG = """
c.JupyterHub.bind_url = "http://127.0.0.1:{public}/"
c.JupyterHub.hub_port = {hub}
c.JupyterHub.db_url = "sqlite:///{folder}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{folder}/cookie_secret"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.DummyAuthenticator.password = "{password}"
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/homes/{{username}}"
c.Spawner.notebook_dir = "{course}"
c.Spawner.args = ["--allow-root"]
c.Spawner.start_timeout = c.Spawner.http_timeout = {start}
c.ConfigurableHTTPProxy.command = ["{folder}/node_modules/.bin/configurable-http-proxy"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
"""


def prepare(folder):
    """Install the hub, the proxy and the course's packages into a folder, once."""
    python = folder / "env" / "bin" / "python"
    if not (folder / "env" / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", ROOT / "requirements.txt", HUB], check=True)
        (folder / "env" / "ready").touch()
    if not (folder / "node_modules").exists():
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, PROXY], check=True)
    shutil.rmtree(folder / "homes", ignore_errors=True)
    for left in ("hub.sqlite", "cookie_secret"):
        (folder / left).unlink(missing_ok=True)


def free_ports(count):
    """Return free loopback ports."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def start_hub(folder, password):
    """Start the hub in a process group of its own; return (process, public address)."""
    public, hub, api = free_ports(3)
    config = folder / "jupyterhub_config.py"
    config.write_text(
        CONFIG.format(folder=folder, course=ROOT, public=public, hub=hub, api=api, password=password, start=START_LIMIT), encoding="utf-8"
    )
    environment = {name: value for name, value in os.environ.items() if name != "COURSE_ANSWERS"}
    environment["PATH"] = f"{folder / 'env' / 'bin'}{os.pathsep}{environment['PATH']}"
    process = subprocess.Popen(
        [folder / "env" / "bin" / "jupyterhub", "--config", config],
        cwd=folder,
        env=environment,
        stdout=open(folder / "hub.log", "w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    return process, f"http://127.0.0.1:{public}"


async def until_up(base, process):
    """Wait until the hub answers; raise when it ends or a minute has passed."""
    async with httpx.AsyncClient() as client:
        for _ in range(300):
            if process.poll() is not None:
                raise RuntimeError("the hub ended; see hub.log")
            try:
                if (await client.get(f"{base}/hub/health")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.2)
    raise TimeoutError("the hub gave no answer within a minute")


async def pupil(base, name, number, password, wait, report):
    """Be one user: log in after `wait` seconds, start a server, run the lesson; put what happened into the report."""
    await asyncio.sleep(wait)
    began = time.monotonic()
    try:
        async with httpx.AsyncClient(base_url=base, follow_redirects=True, timeout=START_LIMIT) as client:
            await log_in(client, name, password)
            await open_server(client, name)
            report[name] = {"server": time.monotonic() - began, "cells": 0}
            await run_lesson(client, base, name, number, report[name])
        report[name]["seconds"] = time.monotonic() - began
    except Exception as problem:  # a user's failure is a result of the test, whatever it is
        report.setdefault(name, {"cells": 0})["failed"] = f"{type(problem).__name__}: {str(problem)[:200]}"


async def log_in(client, name, password):
    """Fill in the hub's log-in form."""
    page = await client.get("/hub/login")
    token = re.search(r'name="_xsrf" value="([^"]+)"', page.text).group(1)
    answer = await client.post("/hub/login", params={"next": "/hub/home"}, data={"_xsrf": token, "username": name, "password": password})
    if answer.status_code != 200 or "/hub/home" not in str(answer.url):
        raise RuntimeError(f"log-in answered {answer.status_code} at {answer.url}")


async def open_server(client, name):
    """Ask for the user's server and wait on its page, as the browser does."""
    until = time.monotonic() + START_LIMIT
    await client.get(f"/hub/spawn/{name}")
    while time.monotonic() < until:
        page = await client.get(f"/user/{name}/lab/tree/{LESSON}")
        if page.status_code == 200 and page.url.path.startswith(f"/user/{name}/lab"):
            return
        await asyncio.sleep(1)
    raise TimeoutError("the server did not start")


def cookie(client, name, path):
    """Return the value of a cookie that belongs to a path."""
    return next(one.value for one in client.cookies.jar if one.name == name and one.path == path)


async def run_lesson(client, base, name, number, report):
    """Open a session on the lesson and run its cells in order; the first guess is the user's number."""
    prefix = f"/user/{name}"
    token = cookie(client, "_xsrf", f"{prefix}/")
    content = (await client.get(f"{prefix}/api/contents/{LESSON}")).raise_for_status().json()["content"]
    cells = [cell.source for cell in nbformat.from_dict(content).cells if cell.cell_type == "code"]
    session = await client.post(
        f"{prefix}/api/sessions",
        headers={"X-XSRFToken": token},
        json={"path": LESSON, "name": "", "type": "notebook", "kernel": {"name": "python3"}},
    )
    kernel = session.raise_for_status().json()["kernel"]["id"]
    sent = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar if f"{prefix}/".startswith(one.path))
    address = f"{base}{prefix}/api/kernels/{kernel}/channels?_xsrf={token}".replace("http:", "ws:")
    channel = await websocket_connect(HTTPRequest(address, headers={"Cookie": sent, "Origin": base}))
    try:
        for cell in cells:
            await asyncio.wait_for(run_cell(channel, cell.replace(GUESS, f'guess("04 deaths", {number}')), CELL_LIMIT)
            report["cells"] += 1
    finally:
        channel.close()
    report["of"] = len(cells)


async def run_cell(channel, code):
    """Send one cell and wait until the kernel is idle again; raise when the cell fails."""
    message = uuid.uuid4().hex
    header = {"msg_id": message, "msg_type": "execute_request", "username": "", "session": message, "version": "5.3", "date": ""}
    await channel.write_message(
        json.dumps(
            {
                "header": header,
                "parent_header": {},
                "metadata": {},
                "channel": "shell",
                "buffers": [],
                "content": {
                    "code": code,
                    "silent": False,
                    "store_history": True,
                    "user_expressions": {},
                    "allow_stdin": False,
                    "stop_on_error": True,
                },
            }
        )
    )
    replied = idle = False
    while not (replied and idle):
        text = await channel.read_message()
        if text is None:
            raise ConnectionError("the kernel's channel closed")
        answer = json.loads(text)
        if answer["parent_header"].get("msg_id") != message:
            continue
        kind, content = answer["msg_type"], answer["content"]
        if kind == "execute_reply":
            replied = True
            if content["status"] != "ok":
                raise RuntimeError(f"a cell failed: {content.get('ename')}: {content.get('evalue')}")
        elif kind == "status" and content["execution_state"] == "idle":
            idle = True


def memory(process):
    """Return {user: MB} of every user's server and kernels, shared pages counted in part (PSS)."""
    used = {}
    for child in process.children(recursive=True):
        try:
            user = child.environ().get("JUPYTERHUB_USER")
            full = child.memory_full_info()
        except psutil.Error:
            continue
        if user:
            used[user] = used.get(user, 0) + getattr(full, "pss", full.uss) / 1e6
    return used


def own_answers(folder, names):
    """Return the users whose own file holds their own guess and nobody else's."""
    right = []
    for number, name in enumerate(names, start=1):
        file = folder / "homes" / name / "sino-soviet-split-my_answers.json"
        if file.exists() and json.loads(file.read_text(encoding="utf-8"))["guesses"] == {
            "04 deaths": {"value": number, "unit": "million deaths"}
        }:
            right.append(name)
    return right


async def classroom(base, names, password, options, process):
    """Run all users at once, each starting in turn; return (report, memory at the end of the lesson)."""
    report = {}
    await until_up(base, process)
    pause = options.within / max(len(names) - 1, 1)
    users = [pupil(base, name, number, password, (number - 1) * pause, report) for number, name in enumerate(names, start=1)]
    try:
        await asyncio.wait_for(asyncio.gather(*users), options.limit)
    except TimeoutError:
        print(f"stopped after {options.limit} seconds", flush=True)
    return report, memory(psutil.Process(process.pid))


def show(report, used, names, apart):
    """Print the table; return True when every user finished with answers of their own."""
    done = [report[name] for name in names if "seconds" in report.get(name, {})]
    print(f"finished                      {len(done)} of {len(names)}")
    print(f"own answers, nobody else's    {len(apart)} of {len(names)}")
    for title, key in (("log-in to own server", "server"), ("log-in to finished lesson", "seconds")):
        values = sorted(one[key] for one in done)
        if values:
            print(f"{title:29} median {statistics.median(values):.1f} s, worst {values[-1]:.1f} s")
    if used:
        print(
            f"memory per user               median {statistics.median(used.values()):.0f} MB, most {max(used.values()):.0f} MB; "
            f"all {sum(used.values()) / 1000:.1f} GB"
        )
    for name in names:
        if "failed" in report.get(name, {"failed": "not begun"}):
            print(f"{name}: {report.get(name, {}).get('failed', 'not begun')}")
    return len(done) == len(apart) == len(names)


def main():
    """Run the class once; the exit status is 0 when everybody finished."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--users", type=int, default=30)
    ask.add_argument("--within", type=float, default=120, help="seconds in which all log in, evenly")
    ask.add_argument("--limit", type=float, default=900, help="seconds after which the run is stopped")
    ask.add_argument("--folder", type=Path, help="keep the installed hub here and use it again")
    options = ask.parse_args()
    if not 1 <= options.users <= MOST_USERS:
        ask.error(f"--users is a number from 1 to {MOST_USERS}")
    folder = options.folder or Path(tempfile.mkdtemp(prefix="class-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    names = [f"pupil{number:02d}" for number in range(1, options.users + 1)]
    password, process = secrets.token_hex(16), None
    try:
        prepare(folder)
        process, base = start_hub(folder, password)
        report, used = asyncio.run(classroom(base, names, password, options, process))
        finished = show(report, used, names, own_answers(folder, names))
    finally:
        if process:
            stop(process)
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if finished else 1)


def stop(process):
    """End the hub and every process that it started."""
    children = psutil.Process(process.pid).children(recursive=True) if psutil.pid_exists(process.pid) else []
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
    for child in psutil.wait_procs(children, timeout=10)[1]:
        child.kill()


if __name__ == "__main__":
    main()
