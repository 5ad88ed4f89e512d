using System.Collections.Frozen;

namespace SpeechBot.ServiceDefaults.Text;

/// <summary>Words whose full stop says nothing about the end of a sentence. Written without that stop, lower case.</summary>
public static class Abbreviations
{
    private static readonly FrozenSet<string> Leading = FrozenSet.ToFrozenSet(
        [
            "dr", "mr", "mrs", "ms", "mx", "prof", "rev", "hon", "gen", "col", "capt", "cpt", "lt", "sgt", "cmdr",
            "gov", "sen", "rep", "pres", "mt", "ft", "vs", "cf", "e.g", "i.e", "viz", "approx", "ca", "fig", "eq",
            "no", "nos", "vol", "pp", "ch", "sec", "op", "al",
        ], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Trailing = FrozenSet.ToFrozenSet(
        [
            "st", "ave", "blvd", "rd", "ln", "sq", "inc", "ltd", "corp", "co", "bros", "llc", "jr", "sr", "esq",
            "etc", "a.m", "p.m", "am", "pm", "b.c", "a.d", "ph.d", "m.d", "b.a", "m.a", "u.s", "u.k", "e.u", "u.n",
            "d.c", "u.s.a", "dept", "est", "min", "max", "avg", "tel", "ext", "jan", "feb", "mar", "apr", "jun",
            "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur", "thurs",
            "fri", "sat", "sun", "oz", "lb", "lbs", "ft", "in", "hr", "hrs", "mins", "secs",
        ], StringComparer.OrdinalIgnoreCase);

    // "Jan", "in", "sat", "sun" and so on are words too: these end a sentence unless a number stands beside them.
    private static readonly FrozenSet<string> AlsoWords = FrozenSet.ToFrozenSet(
        ["no", "in", "sat", "sun", "mar", "am", "co", "min", "max", "wed", "mon", "ch", "op", "al", "ca", "ft", "pres", "sec", "rep", "gen"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Something always follows: "Dr. Smith", "e.g. this".</summary>
    public static bool AlwaysGoesOn(ReadOnlySpan<char> word) => Leading.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>May stand at the end of a sentence or inside one: "5 p.m.", "Main St.", "the U.S.".</summary>
    public static bool MayGoOn(ReadOnlySpan<char> word) => Trailing.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Is an ordinary word as well ("no", "sat"), so that its full stop counts unless a number follows.</summary>
    public static bool IsAlsoWord(ReadOnlySpan<char> word) => AlsoWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>"J" of "J. Smith", "U.S", "R.E.M": single letters with full stops between them.</summary>
    public static bool IsInitials(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (i % 2 == 0 ? !char.IsLetter(word[i]) : word[i] != '.')
            {
                return false;
            }
        }

        return word.Length % 2 == 1;
    }
}
