/**
 * The window's icon (`src/renderer/app/icon.svg`) as a PNG of 32 pixels, which every tray takes. In the code,
 * since what is packed into an archive is no file to every system's tray. The test beside it keeps it equal.
 */
export const TRAY_ICON_PNG_BASE64: string = [
  'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAYAAABzenr0AAAACXBIWXMAAD2EAAA9hAHVrK90AAACyklEQVRYw8WXS0hUYRTHf+de',
  'cxpnRlPMSiqHwghFpRcUVPQykBa5i6AIVDAD8dHQptVsatOUQkFURpuoNgVhr+lpQRQRFalBkIpIgiaT8/A13fnaZFk5k43zOKvD',
  'PYfv/z/f/zvcc4Q/zNLgKtJ1vQrFdiXYBSzMwhQERNGDqAeGkgsBV3371Lj89GqbTbZUdUqgGkEjLqYMpeSsz+ppxOmc+EWgttlk',
  'Sw3dEZGtJMAUPPJZPGU4nRMagM0UakoU+I+qt9kC81wAYmlwFema/jZ+1x5eDkNTJSm6rldBosEBRNdDVGqgdoRLybGl4dy1kf3r',
  'CuPFojRFwVIJEz1RvoXdxfkA9A37ePyxN7YiKMlLEcQaLiEvK+Onb5/iZ5hNXK8qZ+3ShREBhkfHqbnm5lZH1/QiCLaotN+50v5P',
  '8EmihzavjpgTFYGXPf14RsZmlHuvsytiPCUaAr0eL8XHL7EsO+OfEnQPDceeAIB3bJy3fQOzfohJ6P8Y3UBuhpUVOVl/fR8LfuNV',
  'bz9GSMWPQP78TJ7W7yUtdc608SuvP3Dwqjt+EpQszgkLDrDBnhtfCW53dHH3QzfrpwEaCoxyzP0ivgRGJoLsuXgzJo8w6V0QkUC/',
  '1z/lX5Ce+DZ80zdAWcEyAGo2rQIRuoe+zvjw4dFxWts/ETRC4aeCdEdT2IbNtph54djHfGta1BWef/4Ox40n0UnwJTBKxeW7DPpH',
  'oiawPDsz8lxkO9zkFcEWKSnbYqZiQxGrlyxgUbr1vyQ42vqM958Hw0zHyivpjlMdIAXJ6QHVrgH3k9aDStyaoeQCKCMJ6EYIadEC',
  'rvp2peRsEsbyM35XXacG4LN6GhXqYcJqVzzwes0OAB2AtjZjonT91dTg3EyBNSBxW05BTvt85gOcqw7+vh1PrudHThbqIakEShXY',
  'I43tM1tElV+gByXuENLid9V1To1/B0gK633zK+jJAAAAAElFTkSuQmCC',
].join('')
