"""The table of limits: what one question may cost, checked before any work starts.

Bounds of single knobs live in knobs.py. These rows bound what knobs cost together, and
what a visitor may send. docs/api.md lists them; a test holds the two together.
"""

LIMITS = {
    "runs": 8,  # runs in one scene
    "query": 4096,  # characters of a scene's address
    "evaluations": 200_000_000,  # example losses of one walk: runs · updates · (B + N)
    "seeds": 2_000,  # seeds of one question about shares
    "batches": 8,  # batch sizes, or rates, of one question about shares
    "map": 400_000_000,  # example gradients of one map: cells · updates · batch
    "epochs": 100,  # epochs of one answer
    "message": 16_384,  # bytes of one socket message
    "frame": 65_536,  # bytes of one answer frame
    "shown": 2_000,  # points of a path drawn without thinning
    "window": 5_000,  # points of one exact window
    "resolution": 400,  # cells along one side of a grid
    "messages": 500,  # socket messages read in one second; the rest wait
    "seconds_to_read": 10,  # how long a reader may leave an answer untaken
}
