"""How the muscles share the joint moments: computed, with its range; never measured, not EMG."""
