"""Asks a server that was started with --tokens, with caveclient: with a right, a wrong, and no token; see the file tables
beside this one.

usage: cave_tokens.py DATASET URL TABLE.md TOKEN NAME
"""
import json
import pathlib
import secrets
import sys

import requests
from caveclient import CAVEclient

from cave_harness import Checks, refused, same, that

check = Checks()


class Session:
    def __init__(self, dataset, url, token, name):
        self.name = json.loads((pathlib.Path(dataset) / "dataset.json").read_text())["about"]["name"]
        self.url, self.token, self.user = url, token, name
        self.table = f"owned_{secrets.token_hex(3)}"

    def client(self, token):
        return CAVEclient(self.name, server_address=self.url, auth_token=token, write_server_cache=False)


@check("the right token")
def right(s):
    client = s.client(s.token)
    me = requests.get(f"{s.url}/auth/api/v1/user/me", headers=client.auth.request_header).json()
    same(me["name"], s.user, "who it is")
    client.annotation.create_table(s.table, "bound_tag", "of a token", voxel_resolution=[8, 8, 8])
    same(client.annotation.post_annotation(s.table, [dict(pt=dict(position=[1, 1, 1]), tag="x")]), [1], "id")
    same(client.annotation.get_table_metadata(s.table)["user_id"], str(me["id"]), "owner")
    same(client.auth.get_user_information([me["id"]])[0]["name"], s.user, "name")
    return "a table of its own"


@check("a wrong token")
def wrong(s):
    bad = secrets.token_hex(16)
    refused(401, ["the token is not known here"], s.client, bad)
    client = s.client(s.token)
    client.annotation.session.headers["Authorization"] = f"Bearer {bad}"
    client.annotation.session.cookies.clear()
    refused(401, ["the token is not known here"], client.annotation.get_tables)
    reply = requests.get(f"{s.url}/auth/api/v1/user/me", headers={"Authorization": f"Bearer {bad}"})
    same(reply.json()["error"], "invalid_token", "word")
    that("invalid_token" in reply.headers["WWW-Authenticate"] and bad not in reply.text, "header")
    return "401"


@check("no token")
def none(s):
    client = s.client("")
    client.annotation.session.headers.pop("Authorization", None)
    client.annotation.session.cookies.clear()
    that(s.table in client.annotation.get_tables(), "tables may be looked at")
    refused(401, ["needs a token"], client.annotation.post_annotation, s.table,
            [dict(pt=dict(position=[1, 1, 1]), tag="x")])
    return "reads, and changes nothing"


if __name__ == "__main__":
    check.run(Session(*sys.argv[1:3], *sys.argv[4:6]), sys.argv[3])
