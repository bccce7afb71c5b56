package org.neuropil.volume.stack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.neuropil.space.InputException;

/// The order of files by the numbers in their names, and the check that no number is missing.
final class SectionNames {
    /// Numbers in names compare as numbers, everything else as text: `s9.png` comes before `s10.png`.
    static final Comparator<String> NATURAL = SectionNames::compare;

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final int MOST_DIGITS = 18;

    private SectionNames() {}

    /// Checks that numbered names leave no number out. Names are numbered if they differ in one number only.
    ///
    /// @param names in natural order
    /// @param folder for the error
    /// @throws InputException if a number is missing or stands there twice; names the neighbours
    static void checkNumbers(List<String> names, String folder) {
        if (names.size() < 2) {
            return;
        }
        List<MatchResult> runs = DIGITS.matcher(names.getFirst()).results().toList();
        for (int run = runs.size() - 1; run >= 0; run--) {
            List<MatchResult> numbers = numbers(names, run);
            if (numbers.size() == names.size()) {
                checkNumbers(names, numbers, folder);
                return;
            }
        }
    }

    /// The numbers at this place of the names; fewer than names if they differ in something else too.
    private static List<MatchResult> numbers(List<String> names, int run) {
        List<MatchResult> numbers = new ArrayList<>();
        String frame = "";
        for (String name : names) {
            List<MatchResult> runs = DIGITS.matcher(name).results().toList();
            if (run >= runs.size() || runs.get(run).group().length() > MOST_DIGITS) {
                return List.of();
            }
            MatchResult number = runs.get(run);
            String rest = name.substring(0, number.start()) + "\0" + name.substring(number.end());
            if (numbers.isEmpty()) {
                frame = rest;
            } else if (!frame.equals(rest)) {
                return List.of();
            }
            numbers.add(number);
        }
        return numbers;
    }

    private static void checkNumbers(List<String> names, List<MatchResult> numbers, String folder) {
        String first = "";
        long gaps = 0;
        for (int i = 1; i < names.size(); i++) {
            long below = Long.parseLong(numbers.get(i - 1).group());
            long above = Long.parseLong(numbers.get(i).group());
            if (above == below) {
                throw new InputException(names.get(i - 1) + " and " + names.get(i) + " have the same number", folder,
                        "keep one of them");
            }
            if (above > below + 1 && gaps++ == 0) {
                first = name(names.get(i - 1), numbers.get(i - 1), below + 1);
                if (above > below + 2) {
                    first += " to " + name(names.get(i - 1), numbers.get(i - 1), above - 1) + " are";
                } else {
                    first += " is";
                }
                first += " missing between " + names.get(i - 1) + " and " + names.get(i);
            }
        }
        if (gaps > 0) {
            String more = gaps == 1
                    ? ""
                    : gaps == 2
                            ? ", and so are others at one more place"
                            : ", and so are others at " + (gaps - 1) + " more places";
            throw new InputException(first + more, folder,
                    "add what is missing (a black image for a section that was lost), or renumber the files");
        }
    }

    private static String name(String like, MatchResult at, long number) {
        String digits = Long.toString(number);
        return like.substring(0, at.start()) + "0".repeat(Math.max(0, at.group().length() - digits.length())) + digits
                + like.substring(at.end());
    }

    private static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int order;
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int endI = digitsEnd(a, i);
                int endJ = digitsEnd(b, j);
                String numberA = withoutZeros(a.substring(i, endI));
                String numberB = withoutZeros(b.substring(j, endJ));
                order = numberA.length() != numberB.length()
                        ? Integer.compare(numberA.length(), numberB.length())
                        : numberA.compareTo(numberB);
                i = endI;
                j = endJ;
            } else {
                order = Character.compare(a.charAt(i++), b.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        return rest != 0 ? rest : a.compareTo(b);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static String withoutZeros(String digits) {
        int i = 0;
        while (i < digits.length() - 1 && digits.charAt(i) == '0') {
            i++;
        }
        return digits.substring(i);
    }
}
