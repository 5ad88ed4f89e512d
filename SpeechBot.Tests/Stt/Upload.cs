namespace SpeechBot.Tests.Stt;

/// <summary>The form that carries a recording.</summary>
internal static class Upload
{
    public static MultipartFormDataContent Of(HttpContent? file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        if (file is not null)
        {
            form.Add(file, "file", "speech.wav");
        }

        return form;
    }
}
