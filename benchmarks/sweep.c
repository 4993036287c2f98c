/* The yardstick of the engine row: momentum on Himmelblau, many lanes, nothing recorded.
   Every lane has its own rate and its own momentum; every update does every lane. */

void sweep(double *restrict x, double *restrict y, double *restrict mx, double *restrict my,
           const double *restrict eta, const double *restrict lambda, long lanes, long updates) {
    for (long t = 0; t < updates; t++) {
        for (long i = 0; i < lanes; i++) {
            double a = x[i] * x[i] + y[i] - 11.0;
            double b = x[i] + y[i] * y[i] - 7.0;
            double gx = 4.0 * x[i] * a + 2.0 * b;
            double gy = 2.0 * a + 4.0 * y[i] * b;
            mx[i] = lambda[i] * mx[i] - eta[i] * gx;
            my[i] = lambda[i] * my[i] - eta[i] * gy;
            x[i] += mx[i];
            y[i] += my[i];
        }
    }
}

/* The same, and like the engine it asks at every update whether a lane has left. */
long sweep_watched(double *restrict x, double *restrict y, double *restrict mx,
                   double *restrict my, const double *restrict eta, const double *restrict lambda,
                   long lanes, long updates, double reach) {
    long left = 0;
    for (long t = 0; t < updates; t++) {
        sweep(x, y, mx, my, eta, lambda, lanes, 1);
        long outside = 0;
        for (long i = 0; i < lanes; i++)
            outside += !(x[i] * x[i] + y[i] * y[i] <= reach);
        left += outside;
    }
    return left;
}
