// Browser APIs that TypeScript's own types lack.

interface Navigator {
  readonly deviceMemory?: number; // gigabytes
}

interface NavigatorID {
  readonly connection?: {readonly type?: string; readonly effectiveType?: string; readonly saveData?: boolean};
}

interface ObjectConstructor {
  hasOwn?(object: object, key: PropertyKey): boolean; // boot.js defines it in browsers without it
}

declare namespace WebAssembly {
  const Tag: Function; // exceptions in WebAssembly
}
