declare module '*.safetensors' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
