"""Areas of objects in pixels: outlines, regions, masks, exact coverage."""
