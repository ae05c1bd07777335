export interface SandboxFlags {
  readonly port?: string
}
