/** The part of keystone-wasm that is used: its own declarations are not reachable through its package.json. */
declare module 'keystone-wasm' {
  export const Const: Readonly<Record<string, number>>;
  export function loadKeystone(): Promise<void>;
  export class Keystone {
    constructor(architecture: number, mode: number);
    asm(text: string, options?: { address?: number }): Uint8Array;
    close(): void;
  }
}
