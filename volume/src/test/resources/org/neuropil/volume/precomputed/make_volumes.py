# Makes the volumes beside it: pip install tensorstore==0.1.86 cloud-volume==12.15.2 compresso==3.3.3 crackle-codec==0.55.0
# numpy; python make_volumes.py FOLDER
# Their voxels are those of PeersTest.value.
import json
import os
import sys

import numpy as np
import tensorstore
from cloudvolume import CloudVolume

SIZE, OFFSET, CHUNK = (21, 13, 9), (-5, 3, 10), (16, 8, 5)


def data(dtype, channels, encoding):
    x, y, z, c = np.indices(SIZE + (channels,))
    value = x // 3 * 31 + y // 2 * 17 + z * 11 + c * 7
    return (value // 2 if encoding == "jpeg" else value).astype(dtype)


def cloudvolume(name, dtype, encoding, compress):
    info = CloudVolume.create_new_info(num_channels=1, layer_type="image", data_type=dtype, encoding=encoding,
                                       resolution=(4, 4, 40), voxel_offset=OFFSET, volume_size=SIZE, chunk_size=CHUNK)
    volume = CloudVolume("file://" + os.path.abspath(name), info=info, compress=compress)
    volume.commit_info()
    volume[:] = data(dtype, 1, encoding)


def tensor(name, dtype, encoding, channels, sharding):
    scale = {"size": SIZE, "voxel_offset": OFFSET, "resolution": (4, 4, 40), "encoding": encoding, "chunk_size": CHUNK}
    if encoding == "compressed_segmentation":
        scale["compressed_segmentation_block_size"] = [8, 4, 8]
    if sharding:
        scale["sharding"] = dict(zip(("@type", "hash", "preshift_bits", "minishard_bits", "shard_bits",
                                      "minishard_index_encoding", "data_encoding"),
                                     ("neuroglancer_uint64_sharded_v1",) + sharding))
    volume = tensorstore.open({
        "driver": "neuroglancer_precomputed", "kvstore": {"driver": "file", "path": os.path.abspath(name)},
        "multiscale_metadata": {"type": "image", "data_type": dtype, "num_channels": channels},
        "scale_metadata": scale}, create=True).result()
    volume.write(data(dtype, channels, encoding)).result()


os.chdir(sys.argv[1])
cloudvolume("gzip", "int16", "raw", "gzip")
cloudvolume("bool", "bool", "raw", False)
cloudvolume("double", "float64", "raw", "gzip")
cloudvolume("compresso", "uint64", "compresso", "gzip")
cloudvolume("crackle", "uint32", "crackle", "gzip")
tensor("murmur", "uint32", "compressed_segmentation", 1, ("murmurhash3_x86_128", 1, 1, 1, "gzip", "gzip"))
tensor("boxes", "float32", "raw", 1, ("identity", 1, 1, 2, "raw", "gzip"))
tensor("scattered", "uint16", "raw", 2, ("identity", 0, 1, 1, "gzip", "raw"))
tensor("channels", "uint64", "compressed_segmentation", 2, None)
tensor("png", "uint16", "png", 1, None)
tensor("png3", "uint8", "png", 3, ("identity", 0, 0, 0, "raw", "raw"))
tensor("jpeg", "uint8", "jpeg", 1, None)
tensor("jpeg3", "uint8", "jpeg", 3, ("identity", 2, 1, 1, "raw", "raw"))
for root, _, names in os.walk("."):
    for name in names:
        if name == "provenance":
            os.remove(os.path.join(root, name))
