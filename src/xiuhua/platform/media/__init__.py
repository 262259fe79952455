"""Photos that people upload: taken apart, made safe to show, kept by what they are."""
