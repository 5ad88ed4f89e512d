namespace SpeechBot.Web.Components.Settings;

/// <summary>The languages that Whisper understands best, by the names that their speakers give them.</summary>
public static class SpokenLanguages
{
    /// <summary>Two letters, and the name.</summary>
    public static IReadOnlyList<(string Id, string Name)> All { get; } =
    [
        ("ar", "العربية"), ("cs", "Čeština"), ("da", "Dansk"), ("de", "Deutsch"), ("el", "Ελληνικά"), ("en", "English"), ("es", "Español"),
        ("fi", "Suomi"), ("fr", "Français"), ("he", "עברית"), ("hi", "हिन्दी"), ("hu", "Magyar"), ("id", "Bahasa Indonesia"), ("it", "Italiano"),
        ("ja", "日本語"), ("ko", "한국어"), ("nl", "Nederlands"), ("no", "Norsk"), ("pl", "Polski"), ("pt", "Português"), ("ro", "Română"),
        ("ru", "Русский"), ("sv", "Svenska"), ("tr", "Türkçe"), ("uk", "Українська"), ("vi", "Tiếng Việt"), ("zh", "中文"),
    ];
}
