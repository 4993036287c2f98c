"""The table of limits: what one question may cost, checked before any work starts.

Bounds of single knobs live in knobs.py. These rows bound what knobs cost together, and
what a visitor may send. docs/api.md lists them; a test holds the two together.
"""

LIMITS = {
    "runs": 8,  # runs in one scene
    "query": 24_000,  # characters of a scene's address
    "evaluations": 200_000_000,  # example losses of one walk: runs · updates · (B + N)
    "seeds": 2_000,  # seeds of one question about shares
    "batches": 8,  # batch sizes, or rates, of one question about shares
    "map": 400_000_000,  # example gradients of one map: cells · updates · batch
    "points": 500,  # critical points that one answer of the socket lists, minima of a map
    "side": 256,  # values along one side of a map: with more its files would take over 30 MB
    "epochs": 100,  # epochs of one answer
    "work": 4_000_000_000_000,  # multiplications of one experiment, some minutes of a core
    "hessian": 3_000,  # parameters of a network whose whole Hessian is written down
    "experiment": 300,  # seconds one experiment may run
    "waiting": 16,  # experiments that wait for their turn
    "results": 64,  # finished experiments that are kept
    "following": 2_000_000,  # bytes of pictures a second for all who follow one experiment
    "rows": 500,  # rows of a visitor's own data
    "formula": 300,  # characters of a visitor's formula
    "formula_nodes": 100,  # different operations, names and numbers in it
    "formula_depth": 60,  # levels of operations; each term of a sum is one
    "formula_exponent": 16,  # the largest number written as an exponent
    "formula_number": 1_000_000,  # the largest number elsewhere
    "message": 32_768,  # bytes of one socket message
    "frame": 65_536,  # bytes of one answer frame
    "shown": 2_000,  # points of a path drawn without thinning
    "window": 5_000,  # points of one exact window
    "resolution": 400,  # cells along one side of a grid
    "messages": 500,  # socket messages read in one second; the rest wait
    "seconds_to_read": 10,  # how long a reader may leave an answer untaken
}
