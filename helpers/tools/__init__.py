"""Make: notebooks' outputs, pages, sheets, kits. No lesson imports this room; the student edition does without it."""
