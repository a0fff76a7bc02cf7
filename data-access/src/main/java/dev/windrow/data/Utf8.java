package dev.windrow.data;

/** Tells well-formed UTF-8 from other bytes. */
public final class Utf8 {
    private Utf8() {}

    /** Bytes of the well-formed character that starts here, 1 to 4; 0 when there is none. */
    public static int sequenceLength(byte[] raw, int at) {
        int first = raw[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first > 0xf4 || at + length > raw.length) {
            return 0;
        }
        int codePoint = first & (0x7f >> length);
        for (int i = 1; i < length; i++) {
            if ((raw[at + i] & 0xc0) != 0x80) {
                return 0;
            }
            codePoint = (codePoint << 6) | (raw[at + i] & 0x3f);
        }
        return isCharacter(codePoint, length) ? length : 0;
    }

    private static boolean isCharacter(int codePoint, int length) {
        boolean overlong =
                (length == 3 && codePoint < 0x800) || (length == 4 && codePoint < 0x10000);
        boolean surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
        return !overlong && !surrogate && codePoint <= Character.MAX_CODE_POINT;
    }
}
