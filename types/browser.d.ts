// What browsers have, or some of them, and TypeScript's own description of them lacks.

interface Navigator {
  readonly deviceMemory?: number; // gigabytes
}

interface NavigatorID {
  readonly connection?: {readonly type?: string; readonly effectiveType?: string; readonly saveData?: boolean};
}

interface ObjectConstructor {
  hasOwn?(object: object, key: PropertyKey): boolean; // boot.js gives it to browsers without it
}

declare namespace WebAssembly {
  const Tag: Function; // of the exceptions
}
