namespace SpeechBot.ServiceDefaults.Security;

/// <summary>The keys that open <c>/v1</c>; the section <c>Api</c> of the configuration.</summary>
public sealed class ApiKeyOptions
{
    // "Api": { "Key": "one for everybody", "Keys": { "anna": "hers alone", "ben": "his" } }

    /// <summary>The section's name.</summary>
    public const string Section = "Api";

    /// <summary>The person whom <see cref="Key"/> stands for.</summary>
    public const string SharedOwner = "shared";

    /// <summary>One key for everybody; whoever has it is the person <see cref="SharedOwner"/>. Empty for none.</summary>
    public string Key { get; set; } = "";

    /// <summary>A key for each person, by the person's name; history is kept apart by that name.</summary>
    public Dictionary<string, string> Keys { get; set; } = [];
}
