// Defined in single_file.html.j2, around the scripts of the site.

declare function startDisplay(listen: (event: string, listener: () => void) => void): void;
declare function startMoment(): void;
declare function startEstimator(): void;
declare function startQuick(): void;
