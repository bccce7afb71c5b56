#!/usr/bin/env python3
"""Writes rbf.json: values of scipy's RBFInterpolator, another implementation of kernel splines with polynomials, at
random points. Run it in this folder with scipy 1.x: python3 rbf_vectors.py"""
import json

import numpy as np
from scipy.interpolate import RBFInterpolator

KERNELS = {"r": "linear", "r3": "cubic", "r2logr": "thin_plate_spline"}


def main():
    rng = np.random.default_rng(7)
    points = np.round(rng.uniform(0, 1000, (40, 3)) * [1, 1.5, 0.4], 3)
    values = np.round(rng.normal(0, 20, (40, 3)) + points @ rng.normal(0, 1, (3, 3)), 3)
    queries = np.round(rng.uniform(-50, 1050, (6, 3)) * [1, 1.5, 0.4], 3)
    cases = []
    for ours, theirs in KERNELS.items():
        for degree in range(0 if ours == "r" else 1, 4):
            for smoothing in (0, 30, 3e6 if ours == "r3" else 3000):
                fit = RBFInterpolator(points, values, kernel=theirs, smoothing=smoothing, degree=degree)
                cases.append({"kernel": ours, "order": degree, "smoothing": smoothing,
                              "at": fit(queries).ravel().tolist()})
    with open("rbf.json", "w") as file:
        json.dump({"points": points.ravel().tolist(), "values": values.ravel().tolist(),
                   "queries": queries.ravel().tolist(), "cases": cases}, file, separators=(",", ":"))
        file.write("\n")


main()
