namespace SpeechBot.Web.Components.Settings;

/// <summary>Light or dark.</summary>
public enum ThemeChoice
{
    /// <summary>As the browser says, and following it.</summary>
    System,

    /// <summary>Always light.</summary>
    Light,

    /// <summary>Always dark.</summary>
    Dark,
}
