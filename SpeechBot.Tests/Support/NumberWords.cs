using System.Globalization;

namespace SpeechBot.Tests.Support;

/// <summary>Number words → digits: "nineteen sixty-one" → "1961", "three hundred and five" → "305", "twenty third" → "23".</summary>
internal static class NumberWords
{
    private static readonly Dictionary<string, long> Small = Numbered(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth",
        1);

    private static readonly Dictionary<string, long> Tens = Numbered(
        "zero ten twenty thirty forty fifty sixty seventy eighty ninety",
        "zeroth tenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth",
        10).Where(pair => pair.Value >= 20).ToDictionary();

    private static readonly Dictionary<string, long> Scales = new()
    {
        ["hundred"] = 100,
        ["hundredth"] = 100,
        ["thousand"] = 1_000,
        ["thousandth"] = 1_000,
        ["million"] = 1_000_000,
        ["billion"] = 1_000_000_000,
    };

    /// <summary>Every number as one word of digits; numbers that stand side by side ("7 30", "twenty twenty-six") become one.</summary>
    public static List<string> ToDigits(IReadOnlyList<string> words)
    {
        var result = new List<string>();
        var afterNumber = false;
        for (var i = 0; i < words.Count;)
        {
            var (digits, used) = NumberAt(words, i);
            if (used == 0)
            {
                // "five dollars and ten cents" is also written $5.10.
                var between = words[i] == "and" && result is [.., "dollars" or "dollar"] && i + 1 < words.Count && NumberAt(words, i + 1).Used > 0;
                if (!between)
                {
                    result.Add(words[i] == "dollar" ? "dollars" : words[i]);
                }

                (afterNumber, i) = (false, i + 1);
                continue;
            }

            if (afterNumber)
            {
                result[^1] += digits;
            }
            else
            {
                result.Add(digits);
            }

            (afterNumber, i) = (true, i + used);
        }

        return result;
    }

    private static (string Digits, int Used) NumberAt(IReadOnlyList<string> words, int start)
    {
        if (char.IsAsciiDigit(words[start][0]))
        {
            return start + 1 < words.Count && Scales.TryGetValue(words[start + 1], out var times) && long.TryParse(words[start], CultureInfo.InvariantCulture, out var number)
                ? ((number * times).ToString(CultureInfo.InvariantCulture), 2)
                : (words[start], 1);
        }

        if (words[start] == "oh" && start > 0 && NumberAt(words, start - 1).Used > 0)
        {
            return ("0", 1);
        }

        // Each part must be smaller than what stands before it, or a new number begins ("nineteen | sixty-one").
        long total = 0, group = 0, room = long.MaxValue;
        var i = start;
        for (; i < words.Count; i++)
        {
            if (Scales.TryGetValue(words[i], out var scale) && i > start && group > 0 && (scale == 100 ? group < 100 : group < 1_000))
            {
                group *= scale;
                if (scale > 100)
                {
                    (total, group) = (total + group, 0);
                }

                room = scale;
            }
            else if (Tens.TryGetValue(words[i], out var ten) && room > ten)
            {
                (group, room) = (group + ten, 10);
            }
            else if (Small.TryGetValue(words[i], out var one) && room > one && (one > 0 || i == start))
            {
                (group, room) = (group + one, 0);
            }
            else if (!(words[i] == "and" && room is >= 100 and < long.MaxValue && i + 1 < words.Count && (Tens.ContainsKey(words[i + 1]) || Small.ContainsKey(words[i + 1]))))
            {
                break;
            }
        }

        return i == start ? ("", 0) : ((total + group).ToString(CultureInfo.InvariantCulture), i - start);
    }

    private static Dictionary<string, long> Numbered(string cardinals, string ordinals, int step) =>
        cardinals.Split(' ').Concat(ordinals.Split(' '))
            .Select((word, index) => (word, Value: (long)(index % cardinals.Split(' ').Length) * step))
            .ToDictionary(pair => pair.word, pair => pair.Value);
}
