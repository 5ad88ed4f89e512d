using System.Text.Json;
using SpeechBot.Llm.Prompts;

namespace SpeechBot.Llm.Replies;

internal sealed partial class ChatRequestReader
{
    private List<ChatTurn> Turns(IReadOnlyList<ChatMessage>? messages)
    {
        if (messages is null or { Count: 0 })
        {
            throw Invalid("There are no messages. Send at least one, for example {\"role\":\"user\",\"content\":\"Hello\"}.", "messages");
        }

        if (messages.Count > _options.MaxMessages)
        {
            throw Invalid($"There are {messages.Count} messages; at most {_options.MaxMessages} are taken (Llm:MaxMessages). Leave the oldest out.", "messages");
        }

        var turns = new List<ChatTurn>(messages.Count);
        var characters = 0;
        for (var i = 0; i < messages.Count; i++)
        {
            var turn = Turn(messages[i], i);
            characters += turn.Text.Length;
            turns.Add(turn);
        }

        return characters <= _options.MaxCharacters
            ? turns
            : throw Invalid($"The messages have {characters} characters; at most {_options.MaxCharacters} are taken (Llm:MaxCharacters). Shorten them or leave the oldest out.", "messages", "string_above_max_length");
    }

    private static ChatTurn Turn(ChatMessage? message, int index)
    {
        var param = $"messages[{index}]";
        var role = message?.Role switch
        {
            ChatTurn.System or "developer" => ChatTurn.System,
            ChatTurn.User => ChatTurn.User,
            ChatTurn.Assistant => ChatTurn.Assistant,
            "tool" or "function" => throw Invalid($"{param}.role is '{message.Role}', but tools are not supported here.", $"{param}.role", "unsupported_value"),
            null => throw Invalid($"{param} has no role. It is one of system, developer, user, assistant.", $"{param}.role"),
            var other => throw Invalid($"{param}.role is '{other}'. It is one of system, developer, user, assistant.", $"{param}.role"),
        };
        return new ChatTurn(role, Text(message.Content, $"{param}.content"));
    }

    private static string Text(JsonElement? content, string param) => content switch
    {
        { ValueKind: JsonValueKind.String } text => Clean(text.GetString()!),
        { ValueKind: JsonValueKind.Array } parts => Clean(string.Concat(parts.EnumerateArray().Select(part => Part(part, param)))),
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => throw Invalid($"{param} is missing. It is a text, or an array of parts like {{\"type\":\"text\",\"text\":\"Hello\"}}.", param),
        _ => throw Invalid($"{param} is neither a text nor an array of text parts.", param),
    };

    private static string Part(JsonElement part, string param)
    {
        var type = part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null;
        return type switch
        {
            "text" when part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String => text.GetString()!,
            "text" => throw Invalid($"{param} has a part of type 'text' without a text.", param),
            null => throw Invalid($"{param} has a part without a type. Parts look like {{\"type\":\"text\",\"text\":\"Hello\"}}.", param),
            _ => throw Invalid($"{param} has a part of type '{Shorten(type)}', and this model reads text only. Send the text alone; recordings go to the speech service's /v1/audio/transcriptions.", param, "unsupported_value"),
        };
    }

    /// <summary>A zero would end the text inside the engine.</summary>
    private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
