"""Asks a server with caveclient for all but its graph and its queries: annotation, schema, info, auth and json state
client; see the file tables beside this one.

usage: cave_tables.py DATASET URL TABLE.md
"""
import contextlib
import datetime
import io
import json
import pathlib
import secrets
import sys
import tempfile

import numpy as np
import pandas as pd
import requests
from caveclient import CAVEclient
from caveclient.annotationengine import AnnotationClient
from caveclient.auth import AuthClient
from caveclient.emannotationschemas import SchemaClient
from caveclient.infoservice import InfoServiceClient
from caveclient.jsonservice import JSONService

from cave_harness import Checks, refused, same, that

TOKEN = "0" * 32
SCHEMAS = pathlib.Path(__file__).parent.parent / "tables/src/main/resources/org/neuropil/tables/schema/cave-schemas.json"
check = Checks(annotation=AnnotationClient, schema=SchemaClient, info=InfoServiceClient, auth=AuthClient,
               state=JSONService)


class Session:
    def __init__(self, dataset, url):
        self.dataset = json.loads((pathlib.Path(dataset) / "dataset.json").read_text())
        self.name = self.dataset["about"]["name"]
        self.url = url
        self.client = CAVEclient(self.name, server_address=url, auth_token=TOKEN, write_server_cache=False)
        self.annotation = self.client.annotation
        self.run = secrets.token_hex(3)
        self.resolution = [float(v) for v in self.client.info.viewer_resolution()]

    def table(self, name):
        """A name that no earlier run used: those of deleted tables are not free."""
        return f"{name}_{self.run}"

    def make(self, name, schema, **more):
        made = self.annotation.create_table(self.table(name), schema, f"made by {self.run}",
                                            voxel_resolution=self.resolution, **more)
        same(made.text, self.table(name), "name of the table")
        return made.text


def plain(row):
    """A row without what depends on when it was written."""
    that(row["created"], "no moment")
    return {key: value for key, value in row.items() if key not in ("created", "deleted")}


def tag(number, position, text, valid=True, by=None):
    return dict(id=number, pt_position=list(position), tag=text, valid=valid, superceded_id=by)


@check("annotation.create_table", "annotation.get_tables", "annotation.get_table_metadata",
       "annotation.aligned_volume_name")
def tables(s):
    same(s.annotation.aligned_volume_name, s.name, "aligned volume")
    before = s.annotation.get_tables()
    name = s.make("made", "bound_tag", notice_text="mind the gap", flat_segmentation_source="precomputed://here",
                  write_permission="PUBLIC", user_id=121)
    same(s.annotation.get_tables(), before + [name], "tables")
    told = s.annotation.get_table_metadata(name)
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    created = datetime.datetime.strptime(told.pop("created"), "%Y-%m-%dT%H:%M:%S.%f")
    that(abs(now - created) < datetime.timedelta(minutes=1), f"made at {created}")
    same(told.pop("last_modified")[:10], created.isoformat()[:10], "last change")
    that(isinstance(told.pop("id"), int), "no number")
    same(told, dict(table_name=name, schema_type="bound_tag", valid=True, deleted=None, user_id="121",
                    description=f"made by {s.run}", notice_text="mind the gap", reference_table=None,
                    flat_segmentation_source="precomputed://here", voxel_resolution=s.resolution,
                    write_permission="PUBLIC", read_permission="PUBLIC"), "metadata")
    refused(400, ["there is a table"], s.make, "made", "bound_tag")
    refused(400, ["is no name"], s.annotation.create_table, "No-Name", "bound_tag", "d", s.resolution)
    refused(400, ["schema_type"], s.make, "other", "no_such_schema")
    refused(404, ["there is no aligned volume"], s.annotation.get_tables, aligned_volume_name="nowhere")
    refused(404, ["there is no table"], s.annotation.get_table_metadata, "no_such_table")
    return "names, metadata and refusals"


@check("annotation.post_annotation", "annotation.get_annotation", "annotation.get_annotation_count")
def post(s):
    name = s.make("posted", "bound_tag")
    same(s.annotation.post_annotation(name, dict(pt=dict(position=[1, 2, 3]), tag="one")), [1], "id")
    rows = [dict(pt=dict(position=np.array([k, k, k])), tag=f"t{k}") for k in range(2, 1002)]
    same(s.annotation.post_annotation(name, rows), list(range(2, 1002)), "ids")
    same(s.annotation.get_annotation_count(name), 1001, "count")
    same([plain(r) for r in s.annotation.get_annotation(name, [1000, 1, 5000])],
         [tag(1, [1, 2, 3], "one"), tag(1000, [1000] * 3, "t1000")], "rows")
    same(plain(s.annotation.get_annotation(name, 2)[0]), tag(2, [2, 2, 2], "t2"), "one row")
    refused(422, ["row 1", "tag", "is missing"], s.annotation.post_annotation, name,
            [dict(pt=dict(position=[1, 2, 3]), tag="x"), dict(pt=dict(position=[1, 2, 3]))])
    same(s.annotation.get_annotation_count(name), 1001, "count after a refusal")
    many = [dict(pt=dict(position=[k, 0, 0]), tag="m") for k in range(30_000)]
    same(s.annotation.post_annotation(name, many)[-1], 31_001, "more rows at once than CAVE takes")
    return "31,001 rows"


@check("annotation.post_annotation_df", "annotation.process_position_columns")
def frames(s):
    name = s.make("framed", "nucleus_detection")
    frame = pd.DataFrame(dict(pt_position=[[1, 2, 3], [4, 5, 6]], volume=[1.5, 2.5]))
    same(s.annotation.post_annotation_df(name, frame, ["pt_position"]), [1, 2], "ids by a list")
    same(s.annotation.post_annotation_df(name, frame, None), [3, 4], "ids by the columns' names")
    other = frame.rename(columns=dict(pt_position="where"))
    same(s.annotation.process_position_columns(other, {"where": "pt"})[1], dict(volume=2.5, pt=dict(position=[4, 5, 6])),
         "a row")
    same(s.annotation.post_annotation_df(name, other, {"where": "pt"}), [5, 6], "ids by a mapping")
    rows = s.annotation.get_annotation(name, range(1, 7))
    same([(r["pt_position"], r["volume"]) for r in rows], [([1, 2, 3], 1.5), ([4, 5, 6], 2.5)] * 3, "rows")
    return "6 rows"


@check("annotation.update_annotation", "annotation.update_annotation_df")
def update(s):
    name = s.make("updated", "bound_tag")
    s.annotation.post_annotation(name, [dict(pt=dict(position=[k, 0, 0]), tag=f"t{k}") for k in (1, 2, 3, 4)])
    same(s.annotation.update_annotation(name, dict(id=2, tag="new")), {"2": 5}, "by a dict")
    same(s.annotation.update_annotation(name, [dict(id=1, pt=dict(position=[9, 9, 9])), dict(id=5, tag="newer")]),
         {"1": 6, "5": 7}, "by a list")
    frame = pd.DataFrame(dict(id=[3, 4], pt_position=[[7, 7, 7], [8, 8, 8]], tag=["c", "d"]))
    same(s.annotation.update_annotation_df(name, frame, None), {"3": 8, "4": 9}, "by a frame")
    expected = [tag(1, [1, 0, 0], "t1", False, 6), tag(2, [2, 0, 0], "t2", False, 5), tag(3, [3, 0, 0], "t3", False, 8),
                tag(4, [4, 0, 0], "t4", False, 9), tag(5, [2, 0, 0], "new", False, 7), tag(6, [9, 9, 9], "t1"),
                tag(7, [2, 0, 0], "newer"), tag(8, [7, 7, 7], "c"), tag(9, [8, 8, 8], "d")]
    rows = s.annotation.get_annotation(name, range(1, 10))
    same([plain(r) for r in rows], expected, "rows")
    that(all((r["deleted"] == "None") == r["valid"] for r in rows), "moments of deletion")
    refused(409, ["row 1"], s.annotation.update_annotation, name, dict(id=1, tag="x"))
    refused(404, ["no row 99"], s.annotation.update_annotation, name, dict(id=99, tag="x"))
    return "9 rows"


@check("annotation.delete_annotation")
def delete(s):
    name = s.make("deleted", "bound_tag")
    s.annotation.post_annotation(name, [dict(pt=dict(position=[k, 0, 0]), tag=f"t{k}") for k in (1, 2, 3)])
    same(s.annotation.delete_annotation(name, [1, 3]), [1, 3], "several")
    same(s.annotation.delete_annotation(name, 2), [2], "one")
    same([r["valid"] for r in s.annotation.get_annotation(name, [1, 2, 3])], [False] * 3, "valid")
    same(s.annotation.get_annotation_count(name), 3, "count")
    refused(409, ["row 2"], s.annotation.delete_annotation, name, 2)
    return "3 rows"


@check("annotation.stage_annotations", "annotation.upload_staged_annotations")
def staged(s):
    name = s.make("staged", "cell_type_local")
    fine = [v / 2 for v in s.resolution]
    stage = s.annotation.stage_annotations(name, annotation_resolution=s.resolution)
    for k in range(5):
        stage.add(pt_position=[k, k, k], cell_type=f"type {k}", classification_system="here")
    with contextlib.redirect_stderr(io.StringIO()):
        same(s.annotation.upload_staged_annotations(stage), [1, 2, 3, 4, 5], "ids")
    scaled = s.annotation.stage_annotations(name, annotation_resolution=fine)
    scaled.add_dataframe(pd.DataFrame(dict(pt_position=[[10, 20, 30]], cell_type=["fine"], classification_system=["x"])))
    with contextlib.redirect_stderr(io.StringIO()):
        same(s.annotation.upload_staged_annotations(scaled), [6], "id of a scaled one")
    changed = s.annotation.stage_annotations(name, update=True)
    changed.add(id=2, pt_position=[7, 7, 7], cell_type="other", classification_system="here")
    with contextlib.redirect_stderr(io.StringIO()):
        same(s.annotation.upload_staged_annotations(changed), {"2": 7}, "an update")
    rows = s.annotation.get_annotation(name, [1, 2, 6, 7])
    expected = [[0, 0, 0], [1, 1, 1], scaled.annotation_list[0]["pt"]["position"], [7, 7, 7]]
    same([r["pt_position"] for r in rows], expected, "positions")
    same([r["cell_type"] for r in rows], ["type 0", "type 1", "fine", "other"], "types")
    with_ids = s.annotation.stage_annotations(schema_name="bound_tag", id_field=True)
    with_ids.add(id=77, pt_position=[1, 2, 3], tag="x")
    with_ids.table_name = s.make("numbered", "bound_tag")
    with contextlib.redirect_stderr(io.StringIO()):
        same(s.annotation.upload_staged_annotations(with_ids), [77], "an id of one's own")
    same(s.annotation.post_annotation(with_ids.table_name, dict(pt=dict(position=[1, 2, 3]), tag="y")), [78],
         "the id after it")
    return "new ones, scaled ones, updates and ids of one's own"


@check("annotation.update_metadata", "annotation.delete_table")
def change(s):
    name = s.make("changed", "synapse")
    told = s.annotation.update_metadata(name, description="other", notice_text="look out", write_permission="PUBLIC",
                                        flat_segmentation_source="precomputed://there")
    same((told["description"], told["notice_text"], told["write_permission"], told["flat_segmentation_source"]),
         ("other", "look out", "PUBLIC", "precomputed://there"), "what changed")
    told = s.annotation.update_metadata(name, notice_text="None")
    same((told["description"], told["notice_text"]), ("other", None), "an erased notice")
    other = s.make("given", "synapse")
    same(s.annotation.update_metadata(other, user_id=121)["user_id"], "121", "the new owner")
    refused(403, ["121"], s.annotation.update_metadata, other, description="mine again")
    refused(403, ["121"], s.annotation.post_annotation, other, [])
    same(s.annotation.delete_table(name), True, "deletion")
    that(name not in s.annotation.get_tables(), "it is still listed")
    refused(404, ["was deleted"], s.annotation.get_annotation_count, name)
    refused(400, ["there was a table"], s.make, "changed", "synapse")
    return "metadata, owner and end of a table"


@check("schema.get_schemas", "schema.schema_definition", "schema.schema_definition_multi",
       "schema.schema_definition_all")
def schemas(s):
    known = json.loads(SCHEMAS.read_text())
    names = s.client.schema.get_schemas()
    that(set(known) <= set(names), f"missing: {set(known) - set(names)}")
    same(s.client.schema.schema_definition("synapse"), known["synapse"], "synapse")
    same(s.client.schema.schema_definition_multi(["synapse", "bound_tag"]),
         {name: known[name] for name in ("synapse", "bound_tag")}, "two")
    found = s.client.schema.schema_definition_all()
    same({name: found[name] for name in known}, known, "all")
    refused(404, ["there is no schema"], s.client.schema.schema_definition, "no_such")
    own = dict(name=f"spine_{s.run}", fields=[
        dict(kind="point", name="pt", required=True, bound=True),
        dict(kind="value", name="volume", type="float32", unit="um^3")])
    requests.post(f"{s.url}/api/v1/schemas", json=own).raise_for_status()
    that(own["name"] in s.client.schema.get_schemas(), "an own one is not listed")
    name = s.make("own", own["name"])
    stage = s.annotation.stage_annotations(name)
    stage.add(pt_position=[1, 2, 3], volume=0.25)
    with contextlib.redirect_stderr(io.StringIO()):
        same(s.annotation.upload_staged_annotations(stage), [1], "an annotation of an own kind")
    return f"{len(known)} documents, and one of the dataset's own"


@check(*(f"info.{name}" for name in (
    "aligned_volume_name", "aligned_volume_id", "get_datastacks", "get_datastack_info", "get_aligned_volumes",
    "get_aligned_volume_info", "get_datastacks_by_aligned_volume", "get_aligned_volume_info_by_id", "local_server",
    "annotation_endpoint", "refresh_stored_data", "viewer_resolution", "viewer_site")))
def info(s):
    i = s.client.info
    same(i.aligned_volume_name, s.name, "aligned volume")
    that(s.name in i.get_datastacks(), "the datastack is not listed")
    told = i.get_datastack_info()
    same(told["aligned_volume"]["name"], s.name, "aligned volume of the datastack")
    same(i.get_aligned_volumes(), [s.name], "aligned volumes")
    volume = i.get_aligned_volume_info()
    same(volume["id"], i.aligned_volume_id, "its number")
    same(i.get_aligned_volume_info_by_id(i.aligned_volume_id), volume, "the same by number")
    that(s.name in i.get_datastacks_by_aligned_volume(), "its datastacks")
    same(i.local_server(), s.url, "server")
    same(i.annotation_endpoint(), f"{s.url}/annotation", "annotation service")
    scale = requests.get(f"{s.url}/data/{volume['image_source'].rsplit('/', 1)[1]}/info").json()["scales"][0]
    same(list(i.viewer_resolution()), scale["resolution"], "resolution")
    same(i.viewer_site(), f"{s.url}/viewer/", "viewer")
    i.refresh_stored_data()
    same(i.get_datastack_info(), told, "the same again")
    refused(404, ["there is no datastack"], i.get_datastack_info, "nowhere")
    return "against the files of the dataset"


@check(*(f"info.{name}" for name in (
    "image_source", "get_image_mirrors", "get_image_mirror_names", "synapse_segmentation_source",
    "segmentation_source", "image_cloudvolume", "segmentation_cloudvolume")))
def sources(s):
    i = s.client.info
    that(i.image_source().startswith(f"precomputed://{s.url}/data/"), i.image_source())
    that(i.image_source(format_for="cloudvolume"), "for CloudVolume")
    same(i.get_image_mirror_names(), [s.name], "mirrors")
    same(i.get_image_mirrors()[0]["image_source"], i.image_source(), "the mirror")
    same(i.segmentation_source(), f"graphene://{s.url}/segmentation/table/{s.name}", "segmentation")
    same(i.synapse_segmentation_source(), None, "there is none of synapses")
    images = i.image_cloudvolume(progress=False, use_https=False)
    low = images.bounds.minpt
    cut = tuple(slice(int(a), int(a) + 8) for a in low)
    cells = i.segmentation_cloudvolume(progress=False, use_https=False)
    same(tuple(images[cut].shape), (8, 8, 8, 1), "voxels of the image")
    same(tuple(cells[cut].shape), (8, 8, 8, 1), "voxels of the cells")
    return "addresses, and voxels behind them"


@check(*(f"auth.{name}" for name in (
    "token", "get_token", "setup_token", "get_token_page", "get_tokens", "get_new_token", "save_token",
    "get_user_information", "get_group_users", "request_header", "local_server", "local_server_filepath")))
def auth(s):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "secret.json"
        a = AuthClient(token=TOKEN, token_file=str(file), server_address=s.url)
        same((a.token, a.request_header), (TOKEN, {"Authorization": f"Bearer {TOKEN}"}), "token")
        a.save_token(token="1" * 32, token_file=str(file), write_to_server_file=False, local_server=False)
        a.token = TOKEN
        a.get_token("token")
        same(a.token, "1" * 32, "what was saved")
        same(a.get_tokens(), [], "nobody has to have one")
        same(a.get_group_users(1), [], "there are no groups")
        same(a.get_user_information([0])[0]["name"], "anonymous", "who is nobody in particular")
        that(a.get_token_page(open=False).startswith(s.url), "page")
        with contextlib.redirect_stdout(io.StringIO()) as text:
            a.get_new_token(open=False)
            a.setup_token(make_new=False, open=False)
        same(text.getvalue().count(s.url), 2, "instructions")
        a.local_server = None
        same(a.local_server_filepath, None, "no file of a server")
    return "anonymous"


@check(*(f"state.{name}" for name in (
    "state_service_endpoint", "ngl_url", "get_neuroglancer_info", "get_state_json", "get_property_json",
    "upload_state_json", "upload_property_json", "save_state_json_local", "build_neuroglancer_url")))
def state(s):
    j = s.client.state
    made = dict(layers=[dict(type="segmentation", segments=[str(2 ** 63 + 1)])], run=s.run)
    number = j.upload_state_json(made)
    same(j.get_state_json(number), made, "state")
    same(j.get_state_json(f"{s.url}/nglstate/api/v1/{number}"), made, "state by address")
    same(j.upload_state_json(dict(run=2), state_id=number), number, "the same number")
    same(j.get_state_json(number), dict(run=2), "another state")
    properties = {"@type": "neuroglancer_segment_properties", "inline": dict(ids=["1"], properties=[]), "run": s.run}
    where = j.upload_property_json(properties)
    same(j.get_property_json(where), properties, "properties")
    same(j.upload_property_json(dict(run=3), state_id=where), where, "the same number")
    same(j.get_property_json(where), dict(run=3), "other properties")
    that(j.state_service_endpoint.startswith(s.url), j.state_service_endpoint)
    same(j.ngl_url, f"{s.url}/viewer/", "viewer")
    same(j.get_neuroglancer_info(f"{s.url}/nowhere"), {}, "what is no viewer")
    link = j.build_neuroglancer_url(number, target_site="spelunker")
    same(link, f"{s.url}/viewer/#!middleauth+{s.url}/nglstate/api/v1/{number}", "link")
    that(str(where) in j.build_neuroglancer_url(where, format_properties=True, target_site="spelunker"), "properties' link")
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/state.json"
        j.save_state_json_local(made, file)
        same(json.loads(pathlib.Path(file).read_text()), made, "file")
    return "states and properties"


def main():
    dataset, url, table = sys.argv[1:]
    check.run(Session(dataset, url.rstrip("/")), table)


if __name__ == "__main__":
    main()
