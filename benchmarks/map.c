/* The yardstick of the map rows: momentum on Himmelblau, a cell per pair of knobs, all cores.

   sweep_map only walks: it knows where every cell ends and nothing else.
   judge_map does what a map needs: it asks at every update whether a cell has left, keeps the
   path, finds the critical point near the mean of its last tenth by Newton's method, tells its
   kind from the Hessian, and since when the path has stayed near it. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sweep.c"

#define BLOCK 64
enum { MINIMUM, SADDLE, MAXIMUM, MOVING, DIVERGED };

struct state {
    double x[BLOCK], y[BLOCK], mx[BLOCK], my[BLOCK], eta[BLOCK], lambda[BLOCK];
} __attribute__((aligned(64)));

static void begin(struct state *s, const double *eta, const double *lambda, const double *start) {
    for (long i = 0; i < BLOCK; i++) {
        s->x[i] = start[0];
        s->y[i] = start[1];
        s->mx[i] = s->my[i] = 0.0;
    }
    memcpy(s->eta, eta, sizeof s->eta);
    memcpy(s->lambda, lambda, sizeof s->lambda);
}

/* cells must be a multiple of BLOCK. */
void sweep_map(const double *eta, const double *lambda, const double *start, long cells,
               long updates, double *x, double *y) {
#pragma omp parallel for schedule(dynamic)
    for (long at = 0; at < cells; at += BLOCK) {
        struct state s;
        begin(&s, eta + at, lambda + at, start);
        sweep(s.x, s.y, s.mx, s.my, s.eta, s.lambda, BLOCK, updates);
        memcpy(x + at, s.x, sizeof s.x);
        memcpy(y + at, s.y, sizeof s.y);
    }
}

static void slope(double x, double y, double *gx, double *gy) {
    double a = x * x + y - 11.0, b = x + y * y - 7.0;
    *gx = 4.0 * x * a + 2.0 * b;
    *gy = 2.0 * a + 4.0 * y * b;
}

static void bend(double x, double y, double *h) {
    h[0] = 12.0 * x * x + 4.0 * y - 42.0;
    h[1] = 4.0 * x + 4.0 * y;
    h[2] = 12.0 * y * y + 4.0 * x - 26.0;
}

/* Newton's method from (x, y); whether it arrived at a critical point. */
static int newton(double *x, double *y) {
    for (int k = 0; k < 200; k++) {
        double gx, gy, h[3];
        slope(*x, *y, &gx, &gy);
        if (!(hypot(gx, gy) < 1e12))
            return 0;
        bend(*x, *y, h);
        double det = h[0] * h[2] - h[1] * h[1];
        double across = (h[2] * gx - h[1] * gy) / det, up = (h[0] * gy - h[1] * gx) / det;
        *x -= across;
        *y -= up;
        if (hypot(across, up) < 1e-13)
            return 1;
    }
    return 0;
}

static int kind(double x, double y) {
    double h[3];
    bend(x, y, h);
    double det = h[0] * h[2] - h[1] * h[1];
    return det < 0 ? SADDLE : h[0] > 0 ? MINIMUM : MAXIMUM;
}

/* trail: (updates + 1) rows of x and y of a block. */
static void walk(struct state *s, double *trail, long updates, double reach, int *left) {
    memset(left, 0, BLOCK * sizeof *left);
    memcpy(trail, s->x, 2 * sizeof s->x);
    for (long t = 0; t < updates; t++) {
        sweep(s->x, s->y, s->mx, s->my, s->eta, s->lambda, BLOCK, 1);
        long outside = 0;
        double *to = trail + (t + 1) * 2 * BLOCK;
        for (long i = 0; i < BLOCK; i++) {
            to[i] = s->x[i];
            to[BLOCK + i] = s->y[i];
            outside += !(s->x[i] * s->x[i] + s->y[i] * s->y[i] <= reach);
        }
        for (long i = 0; outside && i < BLOCK; i++)
            if (!(s->x[i] * s->x[i] + s->y[i] * s->y[i] <= reach)) {
                if (!left[i])
                    left[i] = t + 1;
                s->x[i] = to[i] = to[i - 2 * BLOCK];
                s->y[i] = to[BLOCK + i] = to[i - BLOCK];
                s->mx[i] = s->my[i] = s->eta[i] = 0.0;
            }
    }
}

static void mean(const double *trail, long from, long to, double *restrict x, double *restrict y) {
    memset(x, 0, BLOCK * sizeof *x);
    memset(y, 0, BLOCK * sizeof *y);
    for (long t = from; t < to; t++)
        for (long i = 0; i < BLOCK; i++) {
            x[i] += trail[t * 2 * BLOCK + i];
            y[i] += trail[t * 2 * BLOCK + BLOCK + i];
        }
    for (long i = 0; i < BLOCK; i++) {
        x[i] /= to - from;
        y[i] /= to - from;
    }
}

static void stays(const double *trail, long points, const double *restrict x,
                  const double *restrict y, double near, double *restrict settled) {
    double many[BLOCK] = {0};
    for (long t = points - 1, any = 1; t >= 0 && any; t--) {
        any = 0;
        for (long i = 0; i < BLOCK; i++) {
            double across = trail[t * 2 * BLOCK + i] - x[i];
            double up = trail[t * 2 * BLOCK + BLOCK + i] - y[i];
            int here = (many[i] == points - 1 - t) & (across * across + up * up <= near * near);
            many[i] += here;
            any += here;
        }
    }
    for (long i = 0; i < BLOCK; i++)
        settled[i] = many[i] > 0 ? points - many[i] : NAN;
}

/* outcome, settled, loss: one number per cell; near and reach (squared) as lengths. */
void judge_map(const double *eta, const double *lambda, const double *start, long cells,
               long updates, double near, double reach, double *outcome, double *settled,
               double *loss) {
    long points = updates + 1, tenth = points / 10 > 10 ? points / 10 : 10;
#pragma omp parallel
    {
        double *trail = aligned_alloc(64, points * 2 * BLOCK * sizeof *trail);
#pragma omp for schedule(dynamic)
        for (long at = 0; at < cells; at += BLOCK) {
            struct state s;
            int left[BLOCK];
            double x[2][BLOCK], y[2][BLOCK], to_x[BLOCK], to_y[BLOCK];
            begin(&s, eta + at, lambda + at, start);
            walk(&s, trail, updates, reach, left);
            mean(trail, points - tenth, points - tenth / 2, x[0], y[0]);
            mean(trail, points - tenth / 2, points, x[1], y[1]);
            for (long i = 0; i < BLOCK; i++) {
                double middle_x = (x[0][i] + x[1][i]) / 2, middle_y = (y[0][i] + y[1][i]) / 2;
                double to[2] = {middle_x, middle_y};
                int found = !left[i] && newton(&to[0], &to[1]) &&
                            hypot(x[1][i] - x[0][i], y[1][i] - y[0][i]) <= near &&
                            hypot(to[0] - middle_x, to[1] - middle_y) <= near;
                to_x[i] = found ? to[0] : NAN;
                to_y[i] = found ? to[1] : NAN;
                outcome[at + i] = left[i] ? DIVERGED : found ? kind(to[0], to[1]) : MOVING;
            }
            stays(trail, points, to_x, to_y, near, settled + at);
            for (long i = 0; i < BLOCK; i++) {
                double a = s.x[i] * s.x[i] + s.y[i] - 11.0, b = s.x[i] + s.y[i] * s.y[i] - 7.0;
                loss[at + i] = a * a + b * b;
                if (left[i])
                    settled[at + i] = left[i];
            }
        }
        free(trail);
    }
}
