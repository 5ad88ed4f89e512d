namespace SpeechBot.ServiceDefaults.Text;

/// <summary>A place in a text where speech may pause.</summary>
/// <param name="End">Index just after the punctuation and whatever closes with it, as in <c>."</c>.</param>
/// <param name="EndsSentence">False for a comma, semicolon, colon or dash.</param>
public readonly record struct Boundary(int End, bool EndsSentence);
