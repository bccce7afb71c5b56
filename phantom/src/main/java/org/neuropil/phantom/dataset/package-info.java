/// Made circuits on disk: datasets with the tables of a published one, and their truth beside. Uses `circuit`.
@NullMarked
package org.neuropil.phantom.dataset;

import org.jspecify.annotations.NullMarked;
