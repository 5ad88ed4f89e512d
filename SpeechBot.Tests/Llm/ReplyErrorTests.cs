using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.Tests.Llm;

[Collection(nameof(Brain))]
public sealed class ReplyErrorTests(Brain brain)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("model", "\"gpt-9\"", 404, "model", "model_not_found", "SmolLM2")]
    [InlineData("messages", "[]", 400, "messages", "invalid_value", "at least one")]
    [InlineData("messages", "null", 400, "messages", "invalid_value", "at least one")]
    [InlineData("messages", """[{"role":"wizard","content":"Hi"}]""", 400, "messages[0].role", "invalid_value", "'wizard'")]
    [InlineData("messages", """[{"content":"Hi"}]""", 400, "messages[0].role", "invalid_value", "no role")]
    [InlineData("messages", """[{"role":"tool","content":"Hi"}]""", 400, "messages[0].role", "unsupported_value", "tools are not supported")]
    [InlineData("messages", """[{"role":"user"}]""", 400, "messages[0].content", "invalid_value", "missing")]
    [InlineData("messages", """[{"role":"user","content":7}]""", 400, "messages[0].content", "invalid_value", "neither")]
    [InlineData("messages", """[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]""", 400, "messages[0].content", "unsupported_value", "'image_url'")]
    [InlineData("messages", """[{"role":"user","content":[{"type":"input_audio"}]}]""", 400, "messages[0].content", "unsupported_value", "text only")]
    [InlineData("max_tokens", "-1", 400, "max_tokens", "invalid_value", "-1")]
    [InlineData("max_completion_tokens", "-5", 400, "max_completion_tokens", "invalid_value", "-5")]
    [InlineData("temperature", "2.5", 400, "temperature", "invalid_value", "from 0 to 2")]
    [InlineData("top_p", "0", 400, "top_p", "invalid_value", "to 1")]
    [InlineData("frequency_penalty", "3", 400, "frequency_penalty", "invalid_value", "from -2 to 2")]
    [InlineData("n", "2", 400, "n", "invalid_value", "one reply")]
    [InlineData("stop", """["a","b","c","d","e"]""", 400, "stop", "invalid_value", "one to 4")]
    [InlineData("stop", "[\"\"]", 400, "stop", "invalid_value", "empty")]
    [InlineData("tools", """[{"type":"function"}]""", 400, "tools", "unsupported_parameter", "not supported")]
    [InlineData("response_format", """{"type":"json_object"}""", 400, "response_format", "unsupported_parameter", "system prompt")]
    [InlineData("logprobs", "true", 400, "logprobs", "unsupported_parameter", "not supported")]
    [InlineData("logit_bias", """{"x":1}""", 400, "logit_bias", "invalid_value", "token ids")]
    public async Task What_cannot_be_served_is_told(string field, string value, int status, string param, string code, string advice)
    {
        var body = new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Hi" }), [field] = JsonNode.Parse(value) };
        var (actual, error) = await PostAsync(body.ToJsonString());

        Assert.Equal(status, (int)actual);
        Assert.Equal((param, code), (error.Param, error.Code));
        Assert.Contains(advice, error.Message);
    }

    [Fact]
    public async Task A_hundred_thousand_characters_are_too_many()
    {
        var (status, error) = await PostAsync(new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = new string('a', 100_000) }) }.ToJsonString());
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("100000", error.Message);
        Assert.Contains("64000 are taken (Llm:MaxCharacters)", error.Message);
    }

    [Fact]
    public async Task A_message_that_does_not_fit_into_a_conversation_is_told_in_tokens()
    {
        var words = string.Join(' ', Enumerable.Range(1, Brain.ConversationTokens));
        var (status, error) = await PostAsync(new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = words }) }.ToJsonString());
        Assert.Equal((HttpStatusCode.BadRequest, "context_length_exceeded"), (status, error.Code));
        Assert.Contains($"{Brain.ConversationTokens}", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"messages\": 7}")]
    public async Task A_body_that_is_not_the_json_expected_is_refused(string body)
    {
        var (status, error) = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public async Task A_full_queue_says_when_to_come_back()
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var long_ = new { messages = Brain.Messages("Tell me a long story."), max_tokens = 250, logit_bias = brain.NeverEnding };
        var talks = Enumerable.Range(0, Brain.MaxParallel + Brain.QueueLimit)
            .Select(_ => brain.StreamAsync(long_, leaving.Token).ToListAsync(leaving.Token).AsTask()).ToList();
        await brain.UntilAsync(() => brain.Scheduler.InFlight == talks.Count);

        using var response = await brain.Client.PostAsJsonAsync("/v1/chat/completions", new { messages = Brain.Messages("Hello") }, Cancelled);
        var error = (await response.Content.ReadFromJsonAsync<OpenAiErrorEnvelope>(Cancelled))!.Error;
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("1", response.Headers.GetValues("Retry-After").Single());
        Assert.Contains("Llm:QueueLimit", error.Message);

        await leaving.CancelAsync();
        await Task.WhenAll(talks.Select(talk => Assert.ThrowsAnyAsync<Exception>(() => talk)));
        await brain.UntilAsync(() => brain.Scheduler.InFlight == 0);
    }

    private async Task<(HttpStatusCode Status, OpenAiError Error)> PostAsync(string json)
    {
        using var response = await brain.Client.PostAsync("/v1/chat/completions", new StringContent(json, Encoding.UTF8, "application/json"), Cancelled);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<OpenAiErrorEnvelope>(Cancelled))!.Error);
    }
}
