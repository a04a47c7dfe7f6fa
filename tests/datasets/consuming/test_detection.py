"""Batches for detection."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.datasets.consuming import CollateDetection, detection_of
from smashcima.errors import SettingsError


def test_boxes_are_corners_and_labels_are_positions_in_the_classes(make_record, coco):
    found = detection_of(make_record(coco_json=coco, sample=5), ("staff", "stem"))
    assert found.boxes.tolist() == [[0, 1, 2, 4], [2, 0, 6, 2]]
    assert found.labels.tolist() == [2, 1]
    assert found.areas.tolist() == [5, 8]
    assert found.image.shape == (3, 4, 6)
    assert found.image[:, 0, 0].tolist() == [255, 0, 0]
    assert found.sample == 5


def test_all_classes_have_the_category_ids_of_the_data_set(make_record, coco):
    assert detection_of(make_record(coco_json=coco)).labels.tolist() == [2, 7]


def test_objects_of_other_classes_are_left_out(make_record, coco):
    found = detection_of(make_record(coco_json=coco), ("rest",))
    assert found.boxes.shape == (0, 4)
    assert found.labels.shape == (0,)


def test_masks_are_read_from_run_lengths_and_polygons(make_record, coco):
    masks = detection_of(make_record(coco_json=coco), masks=True).masks
    assert masks is not None
    assert masks[0].tolist() == [[0] * 6, [1] + [0] * 5, [1, 1] + [0] * 4, [1, 1] + [0] * 4]
    assert [mask.sum() for mask in masks] == [5, 8]
    assert masks[1].tolist() == [[0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1], [0] * 6, [0] * 6]


def test_a_batch_has_lists_of_images_and_targets(make_record, coco):
    records = [make_record(6, 0, coco_json=coco), make_record(9, 3, coco_json=coco)]
    assert [image.shape for image in CollateDetection()(records)[0]] == [(3, 4, 6), (3, 4, 9)]
    images, targets = CollateDetection(("stem",), masks=True)([records[0], make_record(6, 3, coco_json=coco)])
    assert images[0].dtype == np.float32
    assert images[0].max() == 1.0
    assert set(targets[1]) == {"boxes", "labels", "area", "iscrowd", "image_id", "masks"}
    assert targets[1]["image_id"].tolist() == [3]


def test_unknown_classes_and_missing_labels_are_named(make_record, coco):
    with pytest.raises(SettingsError, match=r"no class beam\. Its classes are rest, staff, stem"):
        detection_of(make_record(coco_json=coco), ("beam",))
    with pytest.raises(SettingsError, match=r"000000 has no file \.coco\.json\. Add the label 'coco'"):
        detection_of(make_record())
