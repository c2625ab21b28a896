/** Pyodide's, from the loader; boot.js imports that by a name which is known only then. */
declare function loadPyodide(settings: object): Promise<any>;
