"""What the pixels of an image show: outlines, regions, masks, exact coverage."""
