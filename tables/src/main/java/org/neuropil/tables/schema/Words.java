package org.neuropil.tables.schema;

import org.jspecify.annotations.Nullable;

/// Texts that come from outside.
final class Words {
    private Words() {}

    /// What keeps a text from being stored and given out again by all databases and files; null if nothing does.
    @Nullable
    static String fault(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "holds a character 0";
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return "holds half a character (a lone surrogate)";
                }
                i++;
            }
        }
        return null;
    }

    /// At most some characters of a text, with dots where it was cut, fit for a line.
    static String shorten(String text, int most) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), most); i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return text.length() <= most ? shown.toString() : shown + "…";
    }
}
