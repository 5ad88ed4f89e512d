namespace SpeechBot.Tests.Support;

/// <summary>What is spoken in each recording.</summary>
public static class KnownWords
{
    public static readonly IReadOnlyDictionary<string, string> Of = new Dictionary<string, string>
    {
        ["jfk.wav"] = "And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.",
        ["capital-of-france.wav"] = "What is the capital of France?",
        ["spider-legs.wav"] = "How many legs does a spider have?",
        ["sky-blue.wav"] = "Why is the sky blue?",
        ["short-joke.wav"] = "Tell me a short joke.",
        ["plants-food.wav"] = "How do plants make food?",
        ["stop.wav"] = "Stop.",
        ["two-questions.wav"] = "Hello there! Can you hear me? I wanted to ask you something about the history of the city of Rome, and how long it took to build it.",
        ["unfinished.wav"] = "Hello there! Can you hear me? I wanted to ask you something about the history of",
    };

    public static TheoryData<string> Clips => [.. Of.Keys];
}
