using System.ComponentModel.DataAnnotations;

namespace SpeechBot.Web.SignIn;

/// <summary>How people sign in to the page where there are keys; the section <c>SignIn</c> of the configuration.</summary>
public sealed class SignInOptions
{
    // "SignIn": { "TriesPerMinute": 10, "Days": 30 }

    /// <summary>The section's name.</summary>
    public const string Section = "SignIn";

    /// <summary>How often an address may try a key in one minute.</summary>
    [Range(1, 1000)]
    public int TriesPerMinute { get; set; } = 10;

    /// <summary>A browser that was not used for so many days has to sign in again.</summary>
    [Range(1, 365)]
    public int Days { get; set; } = 30;
}
