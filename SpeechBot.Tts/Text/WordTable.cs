namespace SpeechBot.Tts.Text;

/// <summary>Reads tables that are written as "written = spoken; written = spoken", over any number of lines.</summary>
internal static class WordTable
{
    /// <summary>The table as a dictionary.</summary>
    public static Dictionary<string, string> Parse(string table, StringComparer? comparer = null)
    {
        var words = new Dictionary<string, string>(comparer ?? StringComparer.Ordinal);
        foreach (var entry in table.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // The first "=" after the first character, since "=" itself may be what is written.
            var at = entry.IndexOf('=', 1);
            words.Add(entry[..at].Trim(), entry[(at + 1)..].Trim());
        }

        return words;
    }
}
