/** From Pyodide's loader, which boot.js imports by a name that is only known at run time. */
declare function loadPyodide(settings: object): Promise<import("../engine").Python>;
