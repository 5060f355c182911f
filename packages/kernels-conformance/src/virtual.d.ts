declare module 'virtual:own-fixtures' {
  const fixtures: { readonly files: Readonly<Record<string, string>> };
  export default fixtures;
}

declare module 'virtual:golden' {
  const golden: { readonly files?: Readonly<Record<string, string>>; readonly missing?: string };
  export default golden;
}
