using System.Text.RegularExpressions;

namespace SpeechBot.Tests.Deployment;

/// <summary>Fills in <c>${NAME}</c> and <c>${NAME:?what to say}</c> as compose does; <c>$$</c> is a dollar sign, and no other one is let through.</summary>
internal sealed partial class ComposeVariables(IReadOnlyDictionary<string, string> values)
{
    public string Fill(string text) => Dollar().Replace(text, match => match.Groups["name"] switch
    {
        _ when match.Value == "$$" => "$",
        { Success: true, Value: var name } when values.GetValueOrDefault(name) is { Length: > 0 } value => value,
        { Success: true, Value: var name } => throw new KeyNotFoundException($"{name}: {match.Groups["say"]}"),
        _ => throw new FormatException($"compose would trip over the dollar sign in: {text}"),
    });

    [GeneratedRegex(@"\$\$|\$\{(?<name>[A-Za-z_]\w*)(:\?(?<say>[^}]*))?\}|\$")]
    private static partial Regex Dollar();
}
